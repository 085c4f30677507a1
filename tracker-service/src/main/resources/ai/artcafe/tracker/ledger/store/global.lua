-- Keeps the sum over all tenants, from their totals. A tenant's totals are told apart by their
-- progress, which only grows: what is older than what was added up before is left out.
--
-- KEYS  1 the sum, 2 each tenant's last totals
-- ARGV  1 now (ms), then for each tenant: its id, its totals, its progress

-- The difference of two whole numbers as text, exact when it is below 2^53.
local function minus(one, other)
  if string.sub(one, 1, 1) == '-' or string.sub(other, 1, 1) == '-' then
    return tonumber(one) - tonumber(other)
  end
  local high = (tonumber(string.sub(one, 1, -10)) or 0) - (tonumber(string.sub(other, 1, -10)) or 0)
  return high * 1e9 + tonumber(string.sub(one, -9)) - tonumber(string.sub(other, -9))
end

local sum = nothing()
for first = 2, #ARGV, PROGRESS + 1 do
  local tenant, last = ARGV[first], {}
  local held = redis.call('HGET', KEYS[2], tenant)
  for number in string.gmatch(held or string.rep('0 ', PROGRESS), '%-?%d+') do
    last[#last + 1] = number
  end
  if not held or minus(ARGV[first + PROGRESS], last[PROGRESS]) > 0 then
    for i = 1, PROGRESS do
      sum[i] = sum[i] + minus(ARGV[first + i], last[i])
      last[i] = ARGV[first + i]
    end
    redis.call('HSET', KEYS[2], tenant, table.concat(last, ' '))
  end
end
add(KEYS[1], sum, ARGV[1], nil)
return text(sum[PROGRESS])
