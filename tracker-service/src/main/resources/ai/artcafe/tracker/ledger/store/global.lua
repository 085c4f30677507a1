-- Keeps the sum over all tenants, from their totals: max(0, seen - last) of what only grows.
--
-- KEYS  1 the sum, 2 each tenant's last totals
-- ARGV  1 now (ms), then for each tenant: its id, published, published bytes, delivered, delivered
--       bytes, control, control bytes, connections
--
-- Published falls when messages move to control, so it is kept as published and control together.

local FIELDS = {'published', 'published_bytes', 'delivered', 'delivered_bytes',
                'control', 'control_bytes', 'connections'}

local function text(number)
  return string.format('%.0f', number)
end

local sum, grown = {0, 0, 0, 0, 0, 0, 0}, 0
for first = 2, #ARGV, 8 do
  local tenant, seen, last = ARGV[first], {}, {0, 0, 0, 0, 0, 0, 0}
  for i = 1, 7 do
    seen[i] = tonumber(ARGV[first + i])
  end
  seen[1], seen[2] = seen[1] + seen[5], seen[2] + seen[6]
  local held = redis.call('HGET', KEYS[2], tenant)
  if held then
    local i = 1
    for number in string.gmatch(held, '%d+') do
      last[i] = tonumber(number)
      i = i + 1
    end
  end
  local changed = not held
  for i = 1, 7 do
    local delta = math.max(0, seen[i] - last[i])
    if delta > 0 then
      changed = true
      sum[i], last[i], grown = sum[i] + delta, last[i] + delta, grown + delta
    end
    last[i] = text(last[i])
  end
  if changed then
    redis.call('HSET', KEYS[2], tenant, table.concat(last, ' '))
  end
end

if grown > 0 then
  sum[1], sum[2] = sum[1] - sum[5], sum[2] - sum[6]
  for i = 1, 7 do
    if sum[i] ~= 0 then
      redis.call('HINCRBY', KEYS[1], FIELDS[i], text(sum[i]))
    end
  end
  for i = 1, 3, 2 do
    redis.call('HINCRBY', KEYS[1], 'messages', text(sum[i]))
    redis.call('HINCRBY', KEYS[1], 'bytes', text(sum[i + 1]))
  end
  redis.call('HINCRBY', KEYS[1], 'progress', text(grown))
  redis.call('HSET', KEYS[1], 'last_activity', ARGV[1])
end
return text(grown)
