-- Takes, keeps or lets go a lease.
--
-- KEYS  1 the lease
-- ARGV  1 who asks, 2 life (ms), 0 to let it go
-- Returns 1 when it is theirs.

local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
