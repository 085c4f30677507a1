-- Moves on up to when sources have been read, never backwards.
--
-- KEYS  1 sources
-- ARGV  for each source: its key, epoch milliseconds

for i = 1, #ARGV, 2 do
  local held = redis.call('HGET', KEYS[1], ARGV[i])
  if not held or tonumber(held) < tonumber(ARGV[i + 1]) then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
return #ARGV / 2
