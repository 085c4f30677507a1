-- Drops the positions of connections that closed so long ago that no reading of them can come.
--
-- KEYS  1 positions, 2 closed, 3 meta, 4 dirty marks
-- ARGV  1 number of sources, each: its key, settled up to (ms), 1 when it is live; then connection
--       keys
-- Returns the connection keys that were dropped. One whose session is yet to be written stays, and
-- one that was lost with a source that is back: it may be open all the while.

local live, first = {}, 2
for _ = 1, tonumber(ARGV[1]) do
  local source, through = ARGV[first], ARGV[first + 1]
  live[source] = ARGV[first + 2] == '1'
  local held = redis.call('HGET', KEYS[3], 'settled:' .. source)
  if not held or tonumber(held) < tonumber(through) then
    redis.call('HSET', KEYS[3], 'settled:' .. source, through)
  end
  first = first + 3
end

local dropped = {}
for i = first, #ARGV do
  local connection = ARGV[i]
  local position = redis.call('HGET', KEYS[1], connection)
  local state = position and string.sub(position, 1, 1)
  local is_over = state ~= 'o'
      and not (state == 'l' and live[string.match(connection, '^(.*)/')])
  if is_over and not redis.call('ZSCORE', KEYS[4], 'c:' .. connection) then
    redis.call('HDEL', KEYS[1], connection)
    redis.call('ZREM', KEYS[2], connection)
    dropped[#dropped + 1] = connection
  end
end
return dropped
