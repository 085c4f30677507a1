-- Applies readings and control counts of one tenant, to be booked in one hour. Redis 6.2 and newer.
--
-- KEYS  1 positions, 2 open connections, 3 recent seconds, 4 dirty marks, 5 meta, 6 closed,
--       7 control counts, 8 agents of the day, 9 agents of the month,
--       10 tenant, 11 its hour, 12 its day, 13 its month, 14 gaps, 15 adjustments, 16 their ages,
--       17 agents of the minute, then for each agent: 18 agent, 19 its day, 20 its month, …
-- ARGV  now (ms), label of the hour, life of hours and days (s), life of months (s),
--       life of seconds (s), life of the minute (s), label of the closed month that the readings
--       belong to or empty,
--       the number of agents, each: its name, and for a closed month the adjustment without id and
--       amount (JSON),
--       the number of readings, each: agent's index, connection key, source key, opened (ms),
--       observed (ms), closed 0|1, six counters,
--       the number of control counts, each: agent's index, counter, messages, bytes, overdue 0|1
-- Returns the tenant's totals, its progress last, then for each control count the messages and
--       bytes moved so far.
--
-- A position reads "<state> <opened> <closed> <agent> <six counters>"; the states are o (open),
-- c (closed) and l (its source was lost while it was open); closed is 0 while it is open.
-- An agent @gateway-… is a gateway's own connection: a witness, in no total. Any other with an @ is
-- no agent and has no connections, but what it carried counts. The control messages of @api-… go
-- over its gateway's link like all others of it.

if not is_restored(KEYS[5]) then
  return UNRESTORED
end

local now, hour = argument(), argument()
local detail_life, month_life = argument(), argument()
local seconds_life, minute_life = argument(), argument()
local late = argument() ~= ''
local GATEWAY = '@gateway-'
local API = '@api-'

local agents, bodies, added, first_grown = {}, {}, {}, {}
for i = 1, tonumber(argument()) do
  agents[i], bodies[i] = argument(), argument()
  added[i] = nothing()
end

local marks = marks_of(KEYS[5], now)
local sums, sum_order = {}, {}

local function add_to_sum(field, delta)
  local sum = sums[field]
  if not sum then
    sum = {0, 0, 0, 0, 0, 0}
    sums[field] = sum
    sum_order[#sum_order + 1] = field
  end
  for i = 1, 6 do
    sum[i] = sum[i] + delta[i]
  end
end

-- a source that was given up, and counts on
local function returned(source)
  local held = redis.call('HGET', KEYS[14], source)
  if held then
    local gap = cjson.decode(held)
    if not gap.returned then
      gap.returned = true
      redis.call('HSET', KEYS[14], source, cjson.encode(gap))
      mark(marks, 'g:' .. source)
    end
  end
end

for _ = 1, tonumber(argument()) do
  local agent = tonumber(argument())
  local connection, source, opened, observed = argument(), argument(), argument(), argument()
  local closed = argument() == '1'
  local seen = {}
  for i = 1, 6 do
    seen[i] = tonumber(argument())
  end
  local name = agents[agent]
  local is_link = string.sub(name, 1, #GATEWAY) == GATEWAY
  local is_agent = string.sub(name, 1, 1) ~= '@'

  local position = redis.call('HGET', KEYS[1], connection)
  local state, closed_at, last, settled = nil, '0', {0, 0, 0, 0, 0, 0}, false
  if position then
    local fields = {string.match(position,
        '^(%a) (%d+) (%d+) %S+ (%d+) (%d+) (%d+) (%d+) (%d+) (%d+)$')}
    state, opened, closed_at = fields[1], fields[2], fields[3]
    for i = 1, 6 do
      last[i] = tonumber(fields[i + 3])
    end
  else
    -- positions of connections that closed before this have been dropped
    local dropped = redis.call('HGET', KEYS[5], 'settled:' .. source)
    settled = dropped and tonumber(observed) <= tonumber(dropped)
  end

  if not settled then
    local delta, grown = {}, 0
    for i = 1, 6 do
      delta[i] = math.max(0, seen[i] - last[i])
      last[i] = last[i] + delta[i]
      grown = grown + delta[i]
    end

    local before = state
    local is_back = before == 'l' and tonumber(observed) > tonumber(closed_at)
    if closed then
      state = 'c'
    elseif before == nil or is_back then
      state = 'o'
    end
    if state == 'c' and before ~= 'c' then
      closed_at = observed -- what is settled past it refuses the same reading again
      redis.call('ZADD', KEYS[6], closed_at, connection)
    elseif state == 'o' and before == 'l' then
      closed_at = '0'
      redis.call('ZREM', KEYS[6], connection)
    end
    if is_back then
      returned(source)
    end

    if is_link then
      if grown > 0 then
        add_to_sum('link:' .. source .. '/' .. string.sub(name, #GATEWAY + 1), delta)
      end
    else
      local sum = added[agent]
      for i = 1, 6 do
        sum[i] = sum[i] + delta[i]
      end
      sum[PROGRESS] = sum[PROGRESS] + grown
      if before == nil and is_agent then
        sum[7] = sum[7] + 1
        sum[PROGRESS] = sum[PROGRESS] + 1
      end
      if grown > 0 then
        if string.sub(name, 1, #API) == API then
          delta[1], delta[2] = delta[1] + delta[5], delta[2] + delta[6]
        end
        add_to_sum('sum:' .. source, delta)
        first_grown[agent] = first_grown[agent]
            or connection .. '/' .. text(last[1]) .. '/' .. text(last[2])
      end
      if is_agent and state == 'o' and before ~= 'o' then
        redis.call('HINCRBY', KEYS[2], name, 1)
      elseif is_agent and before == 'o' and state ~= 'o' then
        if redis.call('HINCRBY', KEYS[2], name, -1) <= 0 then
          redis.call('HDEL', KEYS[2], name)
        end
      end
    end

    if grown > 0 or state ~= before then
      redis.call('HSET', KEYS[1], connection, state .. ' ' .. opened .. ' ' .. closed_at .. ' '
          .. name .. ' ' .. text(last[1]) .. ' ' .. text(last[2]) .. ' ' .. text(last[3]) .. ' '
          .. text(last[4]) .. ' ' .. text(last[5]) .. ' ' .. text(last[6]))
      mark(marks, 'c:' .. connection)
    end
  end
end

for _, field in ipairs(sum_order) do
  local sum = sums[field]
  for i = 1, 6 do
    sum[i] = text(sum[i])
  end
  add_to_source(KEYS[5], field, sum, now)
end

-- what belongs to a closed month is booked now, and shown for what it is
if late then
  for i = 1, #agents do
    local sum = added[i]
    if sum[1] > 0 or sum[2] > 0 then
      sum[8], sum[9] = sum[1], sum[2]
      local id = 'late/' .. first_grown[i]
      record(KEYS[15], KEYS[16], now, id, bodies[i], sum[8], sum[9], detail_life)
      mark(marks, 'j:' .. id)
    end
  end
end

local tenant_sum = nothing()
for i = 1, #agents do
  for f = 1, PROGRESS do
    tenant_sum[f] = tenant_sum[f] + added[i][f]
  end
end

-- what the totals that an agent's messages are booked in can give at most
local function booked(agent, field)
  local first = 15 + agent * 3
  local least = math.huge
  for key = 10, 13 do
    least = math.min(least, tonumber(redis.call('HGET', KEYS[key], FIELDS[field]) or '0')
        + tenant_sum[field])
  end
  for key = first, first + 2 do
    least = math.min(least, tonumber(redis.call('HGET', KEYS[key], FIELDS[field]) or '0')
        + added[agent][field])
  end
  return math.max(0, least)
end

local moved = {}
for _ = 1, tonumber(argument()) do
  local agent, counter = tonumber(argument()), argument()
  local seen_messages, seen_bytes = tonumber(argument()), tonumber(argument())
  local overdue = argument() == '1'
  local messages, bytes = 0, 0
  local position = redis.call('HGET', KEYS[7], counter)
  if position then
    local m, b = string.match(position, '^(%d+) (%d+)$')
    messages, bytes = tonumber(m), tonumber(b)
  end
  local more_messages = math.max(0, seen_messages - messages)
  local more_bytes = math.max(0, seen_bytes - bytes)
  if more_messages > 0 or more_bytes > 0 then
    local sum = added[agent]
    local most_messages, most_bytes = math.max(0, sum[1]), math.max(0, sum[2])
    if overdue then
      most_messages, most_bytes = booked(agent, 1), booked(agent, 2)
    end
    local take_messages = math.min(more_messages, most_messages)
    local take_bytes = more_bytes
    if take_messages < more_messages then
      take_bytes = math.floor(more_bytes * (take_messages / more_messages))
    end
    take_bytes = math.min(take_bytes, most_bytes)
    if take_messages > 0 or take_bytes > 0 then
      for _, s in ipairs({sum, tenant_sum}) do
        s[1], s[2] = s[1] - take_messages, s[2] - take_bytes
        s[5], s[6] = s[5] + take_messages, s[6] + take_bytes
        s[PROGRESS] = s[PROGRESS] + take_messages + take_bytes
      end
      messages, bytes = messages + take_messages, bytes + take_bytes
      redis.call('HSET', KEYS[7], counter, text(messages) .. ' ' .. text(bytes))
      redis.call('EXPIRE', KEYS[7], detail_life)
      mark(marks, 'k:' .. counter)
    end
  end
  moved[#moved + 1] = text(messages)
  moved[#moved + 1] = text(bytes)
end

for i = 1, #agents do
  if added[i][PROGRESS] > 0 then
    local first = 15 + i * 3
    add(KEYS[first], added[i], now, nil)
    add(KEYS[first + 1], added[i], now, detail_life)
    add(KEYS[first + 2], added[i], now, month_life)
    remember(KEYS[8], agents[i], detail_life)
    remember(KEYS[9], agents[i], month_life)
    mark(marks, 'a:' .. agents[i])
    if added[i][1] ~= 0 or added[i][2] ~= 0 then
      redis.call('HINCRBY', KEYS[17], 'm:' .. agents[i], text(added[i][1]))
      redis.call('HINCRBY', KEYS[17], 'b:' .. agents[i], text(added[i][2]))
      redis.call('EXPIRE', KEYS[17], minute_life)
    end
  end
end
if tenant_sum[PROGRESS] > 0 then
  add(KEYS[10], tenant_sum, now, nil)
  add(KEYS[11], tenant_sum, now, detail_life)
  add(KEYS[12], tenant_sum, now, detail_life)
  add(KEYS[13], tenant_sum, now, month_life)
  mark(marks, 'h:' .. hour)
end

if tenant_sum[1] ~= 0 or tenant_sum[2] ~= 0 then
  local second = math.floor(tonumber(now) / 1000)
  local bucket = text(second % 120)
  local messages, bytes = tenant_sum[1], tenant_sum[2]
  local held = redis.call('HGET', KEYS[3], bucket)
  if held then
    local s, m, b = string.match(held, '^(%d+):(%d+):(%d+)$')
    if tonumber(s) == second then
      messages, bytes = messages + tonumber(m), bytes + tonumber(b)
    end
  end
  redis.call('HSET', KEYS[3], bucket,
      text(second) .. ':' .. text(math.max(0, messages)) .. ':' .. text(math.max(0, bytes)))
  redis.call('EXPIRE', KEYS[3], seconds_life)
end

put(marks, KEYS[4], KEYS[5])

local answer = totals(KEYS[10])
for i = 1, #moved do
  answer[PROGRESS + i] = moved[i]
end
return answer
