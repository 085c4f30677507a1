-- Drops the positions of connections that closed so long ago that no reading of them can come.
--
-- KEYS  1 positions, 2 closed, 3 meta, 4 dirty marks
-- ARGV  1 number of sources, each: its key, settled up to (ms); then connection keys
-- Returns the connection keys that were dropped. One whose session is yet to be written stays.

local sources = tonumber(ARGV[1])
for i = 2, 1 + 2 * sources, 2 do
  local field = 'settled:' .. ARGV[i]
  local held = redis.call('HGET', KEYS[3], field)
  if not held or tonumber(held) < tonumber(ARGV[i + 1]) then
    redis.call('HSET', KEYS[3], field, ARGV[i + 1])
  end
end

local dropped = {}
for i = 2 + 2 * sources, #ARGV do
  local position = redis.call('HGET', KEYS[1], ARGV[i])
  local is_open = position and string.sub(position, 1, 1) == 'o'
  if not is_open and not redis.call('ZSCORE', KEYS[4], 'c:' .. ARGV[i]) then
    redis.call('HDEL', KEYS[1], ARGV[i])
    redis.call('ZREM', KEYS[2], ARGV[i])
    dropped[#dropped + 1] = ARGV[i]
  end
end
return dropped
