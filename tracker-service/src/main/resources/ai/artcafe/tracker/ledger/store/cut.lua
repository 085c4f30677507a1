-- Reads all of a tenant's ledger that is marked, as of one moment. The keys of what is marked are
-- known only here; they carry the same tag as those that are given, so they are on the same node.
--
-- KEYS  1 dirty marks, 2 meta, 3 positions, 4 control counts, 5 adjustments, 6 gaps
-- ARGV  tenant
-- Returns nothing when nothing is marked; else the revision, all of meta, the totals, each as
--       whose (empty: the tenant's), t(otal) | h(our) | d(ay) | m(onth), its label and its fields,
--       then positions, control counts, adjustments, gaps, each as name and text, one after the
--       other, and reconciled days, each as label and fields.

if not is_restored(KEYS[2]) then
  return UNRESTORED
end

local found = {a = {}, c = {}, h = {}, k = {}, j = {}, g = {}, r = {}}
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local kind = found[string.sub(member, 1, 1)]
  kind[#kind + 1] = string.sub(member, 3)
end
if redis.call('ZCARD', KEYS[1]) == 0 then
  return {}
end

local tag = '{' .. argument() .. '}'
local spans, seen = {}, {}

local function span(kind, label, tenant_key, agent_key)
  if not seen[kind .. label] then
    seen[kind .. label] = true
    spans[#spans + 1] = {kind, label, tenant_key, agent_key}
  end
end

for _, hour in ipairs(found.h) do
  local day, month = string.sub(hour, 1, 8), string.sub(hour, 1, 6)
  local dashed = string.sub(day, 1, 4) .. '-' .. string.sub(day, 5, 6) .. '-'
      .. string.sub(day, 7, 8)
  span('h', hour, 'tracker:tenant:' .. tag .. ':hourly:' .. hour, nil)
  span('d', day, 'stats:d:' .. dashed .. ':' .. tag, 'stats:d:' .. dashed .. ':' .. tag .. ':%s')
  span('m', month, 'tracker:tenant:' .. tag .. ':monthly:' .. month,
      'tracker:client:' .. tag .. ':%s:monthly:' .. month)
end

local totals = {}

local function read(who, kind, label, key)
  local fields = redis.call('HGETALL', key)
  if #fields > 0 then
    totals[#totals + 1] = {who, kind, label, fields}
  end
end

read('', 't', '', 'tracker:tenant:' .. tag)
for _, s in ipairs(spans) do
  read('', s[1], s[2], s[3])
end
for _, agent in ipairs(found.a) do
  read(agent, 't', '', 'tracker:client:' .. tag .. ':' .. agent)
  for _, s in ipairs(spans) do
    if s[4] then
      read(agent, s[1], s[2], (string.gsub(s[4], '%%s', agent)))
    end
  end
end

local function values(key, names)
  local pairs_found = {}
  for first = 1, #names, 1000 do
    local last = math.min(first + 999, #names)
    local texts = redis.call('HMGET', key, unpack(names, first, last))
    for i = 1, last - first + 1 do
      if texts[i] then
        pairs_found[#pairs_found + 1] = names[first + i - 1]
        pairs_found[#pairs_found + 1] = texts[i]
      end
    end
  end
  return pairs_found
end

local reconciled = {}
for _, day in ipairs(found.r) do
  reconciled[#reconciled + 1] = {day,
      redis.call('HGETALL', 'ledger:reconciled:' .. tag .. ':' .. day)}
end

return {redis.call('HGET', KEYS[2], 'revision') or '0', redis.call('HGETALL', KEYS[2]), totals,
        values(KEYS[3], found.c), values(KEYS[4], found.k), values(KEYS[5], found.j),
        values(KEYS[6], found.g), reconciled}
