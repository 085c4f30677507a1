-- Counts open connections of a lost source as open no longer, and puts down the gap.
--
-- KEYS  1 positions, 2 open connections, 3 dirty marks, 4 meta, 5 closed, 6 gaps
-- ARGV  now (ms), source key, the gap without connections (JSON), life of gaps (s), then connection
--       keys
-- Returns how many connections of agents were open.

if not is_restored(KEYS[4]) then
  return UNRESTORED
end

local now, source, body, life = argument(), argument(), argument(), argument()
local marks = marks_of(KEYS[4], now)
local lost = 0

for i = next_argument, #ARGV do
  local position = redis.call('HGET', KEYS[1], ARGV[i])
  if position and string.sub(position, 1, 2) == 'o ' then
    local opened, agent, counters = string.match(position, '^o (%d+) 0 (%S+) (.*)$')
    redis.call('HSET', KEYS[1], ARGV[i],
        'l ' .. opened .. ' ' .. now .. ' ' .. agent .. ' ' .. counters)
    redis.call('ZADD', KEYS[5], now, ARGV[i])
    mark(marks, 'c:' .. ARGV[i])
    if string.sub(agent, 1, 1) ~= '@' then
      if redis.call('HINCRBY', KEYS[2], agent, -1) <= 0 then
        redis.call('HDEL', KEYS[2], agent)
      end
      lost = lost + 1
    end
  end
end

if lost > 0 then
  local gap = cjson.decode(body)
  gap.connections = lost
  local held = redis.call('HGET', KEYS[6], source)
  if held then
    local before = cjson.decode(held)
    if not before.returned then
      gap = before
      gap.connections = gap.connections + lost
    end
  end
  redis.call('HSET', KEYS[6], source, cjson.encode(gap))
  redis.call('EXPIRE', KEYS[6], life)
  mark(marks, 'g:' .. source)
end
put(marks, KEYS[3], KEYS[4])
return lost
