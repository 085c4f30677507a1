-- Applies the readings and control counts of one tenant. Redis 6.2 and newer.
--
-- KEYS  1 positions, 2 open connections, 3 recent seconds, 4 dirty marks, 5 meta, 6 closed,
--       7 control counts, 8 agents of the day, 9 agents of the month,
--       10 tenant, 11 its hour, 12 its day, 13 its month,
--       then for each agent: 14 agent, 15 its day, 16 its month, …
-- ARGV  1 now (ms), 2 label of the hour, 3 life of hours and days (s), 4 life of months (s),
--       5 life of seconds (s), 6 life of control counts (s),
--       7 number of agents, then their ids,
--       then the number of readings, each: agent's index, connection key, source key, opened (ms),
--       observed (ms), closed 0|1, six counters,
--       then the number of control counts, each: agent's index, counter, messages, bytes,
--       overdue 0|1
-- Returns the tenant's published, published bytes, delivered, delivered bytes, control, control
--       bytes, connections, then for each control count the messages and bytes moved so far.
--
-- A position reads "<state> <opened> <agent> <six counters>"; the states are o (open), c (closed)
-- and l (its source was lost while it was open).

local FIELDS = {'published', 'published_bytes', 'delivered', 'delivered_bytes',
                'control', 'control_bytes', 'connections'}
local PROGRESS = 8

local function text(number)
  return string.format('%.0f', number)
end

local function nothing()
  return {0, 0, 0, 0, 0, 0, 0, 0}
end

local now, hour = ARGV[1], ARGV[2]
local detail_life, month_life, seconds_life, control_life = ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local next_argument = 7

local function argument()
  local value = ARGV[next_argument]
  next_argument = next_argument + 1
  return value
end

local agents, added, touched = {}, {}, {}
for i = 1, tonumber(argument()) do
  agents[i] = argument()
  added[i] = nothing()
end

-- the marks' score: grows with every script, also after Redis came back with a second less
local revision = tonumber(now)
local last_revision = tonumber(redis.call('HGET', KEYS[5], 'revision') or '0')
if revision <= last_revision then
  revision = last_revision + 1
end
local marks = {}

local function mark(member)
  marks[#marks + 1] = text(revision)
  marks[#marks + 1] = member
end

for _ = 1, tonumber(argument()) do
  local agent = tonumber(argument())
  local connection, source, opened, observed = argument(), argument(), argument(), argument()
  local closed = argument() == '1'
  local seen = {}
  for i = 1, 6 do
    seen[i] = tonumber(argument())
  end

  local position = redis.call('HGET', KEYS[1], connection)
  local state, last, settled = nil, {0, 0, 0, 0, 0, 0}, false
  if position then
    local fields
    fields = {string.match(position,
        '^(%a) (%d+) (%S+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+)$')}
    state, opened = fields[1], fields[2]
    for i = 1, 6 do
      last[i] = tonumber(fields[i + 3])
    end
  else
    -- positions of connections that closed before this have been dropped
    local dropped = redis.call('HGET', KEYS[5], 'settled:' .. source)
    settled = dropped and tonumber(observed) <= tonumber(dropped)
  end

  if not settled then
    local sum, delta = added[agent], {}
    local grown = 0
    for i = 1, 6 do
      delta[i] = math.max(0, seen[i] - last[i])
      last[i] = last[i] + delta[i]
      grown = grown + delta[i]
    end
    sum[1], sum[2] = sum[1] + delta[1], sum[2] + delta[2]
    sum[3], sum[4] = sum[3] + delta[3], sum[4] + delta[4]
    sum[5], sum[6] = sum[5] + delta[5], sum[6] + delta[6]
    sum[PROGRESS] = sum[PROGRESS] + grown

    local before = state
    if state == nil then
      sum[7] = sum[7] + 1
      sum[PROGRESS] = sum[PROGRESS] + 1
    end
    if closed then
      state = 'c'
    elseif state ~= 'c' then
      state = 'o'
    end
    if state == 'o' and before ~= 'o' then
      redis.call('HINCRBY', KEYS[2], agents[agent], 1)
    elseif before == 'o' and state ~= 'o' then
      if redis.call('HINCRBY', KEYS[2], agents[agent], -1) <= 0 then
        redis.call('HDEL', KEYS[2], agents[agent])
      end
    end
    if state == 'c' and before ~= 'c' then
      redis.call('ZADD', KEYS[6], now, connection)
    elseif state == 'o' and before == 'l' then
      redis.call('ZREM', KEYS[6], connection)
    end

    if grown > 0 or state ~= before then
      redis.call('HSET', KEYS[1], connection, state .. ' ' .. opened .. ' ' .. agents[agent] .. ' '
          .. text(last[1]) .. ' ' .. text(last[2]) .. ' ' .. text(last[3]) .. ' '
          .. text(last[4]) .. ' ' .. text(last[5]) .. ' ' .. text(last[6]))
      touched[agent] = true
      mark('c:' .. connection)
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
  local first = 11 + agent * 3
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
      redis.call('EXPIRE', KEYS[7], control_life)
      touched[agent] = true
    end
  end
  moved[#moved + 1] = text(messages)
  moved[#moved + 1] = text(bytes)
end

local function add(key, sum, life)
  if sum[PROGRESS] == 0 then
    return
  end
  for f = 1, 7 do
    if sum[f] ~= 0 then
      redis.call('HINCRBY', key, FIELDS[f], text(sum[f]))
    end
  end
  for f = 1, 3, 2 do -- one by one: their sum may be more than a Lua number holds exactly
    if sum[f] ~= 0 then
      redis.call('HINCRBY', key, 'messages', text(sum[f]))
    end
    if sum[f + 1] ~= 0 then
      redis.call('HINCRBY', key, 'bytes', text(sum[f + 1]))
    end
  end
  redis.call('HSET', key, 'last_activity', now)
  local is_new = redis.call('HINCRBY', key, 'progress', text(sum[PROGRESS])) == sum[PROGRESS]
  if is_new and life then
    redis.call('EXPIRE', key, life)
  end
end

for i = 1, #agents do
  if touched[i] then
    mark('a:' .. agents[i])
    if added[i][PROGRESS] > 0 then
      local first = 11 + i * 3
      add(KEYS[first], added[i], nil)
      add(KEYS[first + 1], added[i], detail_life)
      add(KEYS[first + 2], added[i], month_life)
      if redis.call('SADD', KEYS[8], agents[i]) == 1 then
        redis.call('EXPIRE', KEYS[8], detail_life)
      end
      if redis.call('SADD', KEYS[9], agents[i]) == 1 then
        redis.call('EXPIRE', KEYS[9], month_life)
      end
    end
  end
end
add(KEYS[10], tenant_sum, nil)
add(KEYS[11], tenant_sum, detail_life)
add(KEYS[12], tenant_sum, detail_life)
add(KEYS[13], tenant_sum, month_life)

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

if #marks > 0 then
  mark('h:' .. hour)
  redis.call('HSET', KEYS[5], 'revision', text(revision))
  for first = 1, #marks, 1000 do
    redis.call('ZADD', KEYS[4], unpack(marks, first, math.min(first + 999, #marks)))
  end
end

local answer = redis.call('HMGET', KEYS[10], unpack(FIELDS))
for i = 1, 7 do
  answer[i] = answer[i] or '0'
end
for i = 1, #moved do
  answer[7 + i] = moved[i]
end
return answer
