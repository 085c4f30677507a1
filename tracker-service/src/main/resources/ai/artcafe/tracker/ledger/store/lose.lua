-- Counts open connections of a lost source as open no longer.
--
-- KEYS  1 positions, 2 open connections, 3 dirty marks, 4 meta, 5 closed
-- ARGV  1 now (ms), then connection keys
-- Returns how many were open.

local revision = tonumber(ARGV[1])
local last_revision = tonumber(redis.call('HGET', KEYS[4], 'revision') or '0')
if revision <= last_revision then
  revision = last_revision + 1
end
revision = string.format('%.0f', revision)

local lost = 0
for i = 2, #ARGV do
  local position = redis.call('HGET', KEYS[1], ARGV[i])
  if position and string.sub(position, 1, 2) == 'o ' then
    local agent = string.match(position, '^o %d+ (%S+) ')
    redis.call('HSET', KEYS[1], ARGV[i], 'l' .. string.sub(position, 2))
    if redis.call('HINCRBY', KEYS[2], agent, -1) <= 0 then
      redis.call('HDEL', KEYS[2], agent)
    end
    redis.call('ZADD', KEYS[3], revision, 'c:' .. ARGV[i])
    redis.call('ZADD', KEYS[5], ARGV[1], ARGV[i])
    lost = lost + 1
  end
end
if lost > 0 then
  redis.call('HSET', KEYS[4], 'revision', revision)
end
return lost
