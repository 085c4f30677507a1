-- Counts errors of a minute; once there are so many fields, those of further agents are left out.
--
-- KEYS  1 errors of the minute
-- ARGV  life (s), fields at most, then each: field, count
-- Returns how many were left out.

local left_out = 0
for i = 3, #ARGV, 2 do
  local field, count = ARGV[i], ARGV[i + 1]
  if string.find(field, '|', 1, true) and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[2])
      and redis.call('HEXISTS', KEYS[1], field) == 0 then
    left_out = left_out + tonumber(count)
  else
    redis.call('HINCRBY', KEYS[1], field, count)
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return left_out
