-- Pins connections of a NATS server to their owners at first sight.
--
-- KEYS  1 pins of the server
-- ARGV  1 life (s), then for each connection: its id, its owner as seen
-- Returns the owner that each is pinned to, in the same order.

local pinned = {}
for i = 2, #ARGV, 2 do
  if redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) == 1 then
    pinned[#pinned + 1] = ARGV[i + 1]
  else
    pinned[#pinned + 1] = redis.call('HGET', KEYS[1], ARGV[i])
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return pinned
