-- Puts down that a tracker has heard the agents up to now, and tells since when there has always
-- been one that did.
--
-- KEYS  1 who has heard
-- ARGV  now (ms), tracker, after how long without any nobody has listened (ms), after how long a
--       tracker is forgotten (ms), 1 when this tracker listens
-- Returns since when (ms).

local now, patience = tonumber(ARGV[1]), tonumber(ARGV[3])
local latest, since = 0, nil
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local at = tonumber(all[i + 1])
  if all[i] == 'since' then
    since = at
  else
    latest = math.max(latest, at)
    if at + tonumber(ARGV[4]) < now then
      redis.call('HDEL', KEYS[1], all[i])
    end
  end
end
if not since or latest + patience < now then
  since = now
  redis.call('HSET', KEYS[1], 'since', ARGV[1])
end
if ARGV[5] == '1' then
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[1])
end
return string.format('%.0f', since)
