-- Drops what the ledger remembers of sources that are long gone, or adds it to what stands for all
-- of their kind. Each group goes as a whole, and only if nothing of it has changed.
--
-- KEYS  1 meta
-- ARGV  the number of groups, each: the field it is added to or empty, the number of its fields,
--       each: name, value as read
-- Returns how many groups went.

local went = 0
for _ = 1, tonumber(argument()) do
  local target, fields, values, same = argument(), {}, {}, true
  for i = 1, tonumber(argument()) do
    fields[i], values[i] = argument(), argument()
    same = same and redis.call('HGET', KEYS[1], fields[i]) == values[i]
  end
  if same then
    if target ~= '' then
      for _, value in ipairs(values) do
        local sum = {}
        for number in string.gmatch(value, '%d+') do
          sum[#sum + 1] = number
        end
        add_to_source(KEYS[1], target, sum, sum[7])
      end
    end
    redis.call('HDEL', KEYS[1], unpack(fields))
    went = went + 1
  end
end
return went
