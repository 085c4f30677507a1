-- Books what claims say beyond what was booked for their causes before, and ends a window.
--
-- KEYS  1 meta, 2 dirty marks, 3 adjustments, 4 their ages, 5 the reconciled day,
--       6 agents of the day, 7 agents of the month, 8 tenant, 9 its hour, 10 its day, 11 its month,
--       then for each agent: 12 agent, 13 its day, 14 its month, …
-- ARGV  now (ms), labels of the hour and the day, life of hours and days (s), life of months (s),
--       the window that ends or empty, up to when everything has been compared (ms),
--       the number of its figures for the day, each: name, amount,
--       the number of bases of the next window, each: name, text,
--       the number of agents, then their names,
--       the number of claims, each: agent's index, cause, messages, bytes, strike 0|1,
--       the adjustment without amount and id (JSON)
-- Returns nothing at all when the window has been ended already; else the tenant's totals, its
--       progress last, then for each claim the messages and bytes that were booked, and 1 when it
--       was refused because it would take more than there is.

if not is_restored(KEYS[1]) then
  return UNRESTORED
end

local now, hour, day = argument(), argument(), argument()
local detail_life, month_life = argument(), argument()
local window, settled_through = argument(), argument()
local current = redis.call('HGET', KEYS[1], 'window') or '0'
if window ~= '' and window ~= current then
  return {}
end

local said, base, agents, claims = {}, {}, {}, {}
for i = 1, tonumber(argument()) do
  said[i] = {argument(), argument()}
end
for i = 1, tonumber(argument()) do
  base[i] = {argument(), argument()}
end
for i = 1, tonumber(argument()) do
  agents[i] = argument()
end
for i = 1, tonumber(argument()) do
  local claim = {agent = tonumber(argument()), cause = argument(),
                 messages = tonumber(argument()), bytes = tonumber(argument()),
                 strike = argument() == '1', body = argument()}
  -- what is claimed of a window that is over would be booked twice
  local of_window = string.match(claim.cause, '^w:(%d+)')
  if of_window and of_window ~= current then
    return {}
  end
  claims[i] = claim
end

local marks = marks_of(KEYS[1], now)

local function would_overdraw(keys, field, delta)
  if delta >= 0 then
    return false
  end
  for _, key in ipairs(keys) do
    if tonumber(redis.call('HGET', KEYS[key], field) or '0') + delta < 0 then
      return true
    end
  end
  return false
end

local answer = {}
for i, claim in ipairs(claims) do
  local field = 'claim:' .. claim.cause
  local messages, bytes, struck = 0, 0, '0'
  local held = redis.call('HGET', KEYS[1], field)
  if held then
    local m, b, s = string.match(held, '^(%-?%d+) (%-?%d+) (%d)$')
    messages, bytes, struck = tonumber(m), tonumber(b), s
  end
  local sum = nothing()
  sum[1], sum[2] = claim.messages - messages, claim.bytes - bytes
  sum[8], sum[9] = sum[1], sum[2]
  sum[PROGRESS] = math.abs(sum[1]) + math.abs(sum[2])
  local first = 9 + claim.agent * 3
  local all = {8, 11} -- a day or an agent's month may end below zero: it says why
  if string.sub(agents[claim.agent], 1, 1) ~= '@' then
    all[3] = first -- what is no agent's may: a credit is the tenant's as a whole
  end
  local refused = would_overdraw(all, 'published', sum[1])
      or would_overdraw(all, 'published_bytes', sum[2])
  if refused then
    sum = nothing()
  elseif sum[PROGRESS] > 0 then
    local agent = agents[claim.agent]
    add(KEYS[first], sum, now, nil)
    add(KEYS[first + 1], sum, now, detail_life)
    add(KEYS[first + 2], sum, now, month_life)
    add(KEYS[8], sum, now, nil)
    add(KEYS[9], sum, now, detail_life)
    add(KEYS[10], sum, now, detail_life)
    add(KEYS[11], sum, now, month_life)
    remember(KEYS[6], agent, detail_life)
    remember(KEYS[7], agent, month_life)
    if claim.strike and struck == '0' then
      redis.call('HINCRBY', KEYS[1], 'strike:' .. agent, 1)
      struck = '1'
    end
    redis.call('HSET', KEYS[1], field,
        text(claim.messages) .. ' ' .. text(claim.bytes) .. ' ' .. struck)
    local id = claim.cause .. '/' .. text(claim.messages) .. '/' .. text(claim.bytes)
    record(KEYS[3], KEYS[4], now, id, claim.body, sum[1], sum[2], detail_life)
    mark(marks, 'j:' .. id)
    mark(marks, 'a:' .. agent)
    mark(marks, 'h:' .. hour)
  end
  answer[3 * i - 2] = text(sum[1])
  answer[3 * i - 1] = text(sum[2])
  answer[3 * i] = refused and '1' or '0'
end

if window ~= '' then
  for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    if string.sub(field, 1, 5) == 'base:' or string.sub(field, 1, 8) == 'claim:w:' then
      redis.call('HDEL', KEYS[1], field)
    end
  end
  for _, pair in ipairs(base) do
    redis.call('HSET', KEYS[1], 'base:' .. pair[1], pair[2])
  end
  redis.call('HSET', KEYS[1], 'window', text(tonumber(window) + 1))
  for _, pair in ipairs(said) do
    redis.call('HINCRBY', KEYS[5], pair[1], pair[2])
  end
  redis.call('HINCRBY', KEYS[5], 'windows', 1)
  redis.call('HINCRBY', KEYS[5], 'progress', 1)
  local held = redis.call('HGET', KEYS[5], 'settled_through')
  if not held or tonumber(held) < tonumber(settled_through) then
    redis.call('HSET', KEYS[5], 'settled_through', settled_through)
  end
  redis.call('EXPIRE', KEYS[5], detail_life)
  mark(marks, 'r:' .. day)
end

put(marks, KEYS[2], KEYS[1])

local all = totals(KEYS[8])
for i = 1, #answer do
  all[PROGRESS + i] = answer[i]
end
return all
