-- What the scripts that change a tenant's ledger have in common; it is put before each of them.

local FIELDS = {'published', 'published_bytes', 'delivered', 'delivered_bytes',
                'control', 'control_bytes', 'connections',
                'adjustment_messages', 'adjustment_bytes'}
local PROGRESS = 10 -- its place in a sum

local function text(number)
  return string.format('%.0f', number)
end

local function nothing()
  return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
end

-- The sum of two whole numbers as text, exact to 2^63.
local function plus(one, other)
  if #one < 15 and #other < 15 then
    return text(tonumber(one) + tonumber(other))
  end
  local high = (tonumber(string.sub(one, 1, -10)) or 0) + (tonumber(string.sub(other, 1, -10)) or 0)
  local low = tonumber(string.sub(one, -9)) + tonumber(string.sub(other, -9))
  if low >= 1e9 then
    high, low = high + 1, low - 1e9
  end
  return high == 0 and text(low) or text(high) .. string.format('%09.0f', low)
end

-- Adds what connections have carried to what the ledger remembers of their source: six counters
-- and when they last grew (ms).
local function add_to_source(meta, field, counters, at)
  local sum = {}
  for number in string.gmatch(redis.call('HGET', meta, field) or '0 0 0 0 0 0 0', '%d+') do
    sum[#sum + 1] = number
  end
  for i = 1, 6 do
    sum[i] = plus(sum[i], counters[i])
  end
  sum[7] = text(math.max(tonumber(sum[7]), tonumber(at)))
  redis.call('HSET', meta, field, table.concat(sum, ' '))
end

-- Changes a hash of totals by a sum.
local function add(key, sum, now, life)
  if sum[PROGRESS] == 0 then
    return
  end
  for f = 1, #FIELDS do
    if sum[f] ~= 0 then
      redis.call('HINCRBY', key, FIELDS[f], text(sum[f]))
    end
  end
  for f = 1, 3, 2 do -- one by one: their sum may be more than a Lua number holds exactly
    if sum[f] ~= 0 then
      redis.call('HINCRBY', key, 'messages', text(sum[f]))
    end
    if sum[f + 1] ~= 0 then
      redis.call('HINCRBY', key, 'bytes', text(sum[f + 1]))
    end
  end
  redis.call('HSET', key, 'last_activity', now)
  local is_new = redis.call('HINCRBY', key, 'progress', text(sum[PROGRESS])) == sum[PROGRESS]
  if is_new and life then
    redis.call('EXPIRE', key, life)
  end
end

local function remember(key, agent, life)
  if redis.call('SADD', key, agent) == 1 then
    redis.call('EXPIRE', key, life)
  end
end

-- Puts down an adjustment; its text is a JSON object that lacks id and amount.
local function record(records, ages, now, id, body, messages, bytes, life)
  redis.call('HSET', records, id, string.sub(body, 1, -2) .. ',"id":"' .. id
      .. '","amount":{"messages":' .. text(messages) .. ',"bytes":' .. text(bytes) .. '}}')
  redis.call('ZADD', ages, now, id)
  redis.call('EXPIRE', records, life)
  redis.call('EXPIRE', ages, life)
end

local function is_restored(meta)
  return redis.call('HGET', meta, 'restored') == '1'
end

local UNRESTORED = {err = 'UNRESTORED the ledger of the tenant is yet to be brought back'}

-- The marks of what a run changes. Their score grows with every run, also after Redis came back
-- with a second less.
local function marks_of(meta, now)
  local revision = tonumber(now)
  local last = tonumber(redis.call('HGET', meta, 'revision') or '0')
  if revision <= last then
    revision = last + 1
  end
  return {revision = text(revision)}
end

local function mark(marks, member)
  marks[#marks + 1] = marks.revision
  marks[#marks + 1] = member
end

local function put(marks, dirty, meta)
  if #marks > 0 then
    redis.call('HSET', meta, 'revision', marks.revision)
    for first = 1, #marks, 1000 do
      redis.call('ZADD', dirty, unpack(marks, first, math.min(first + 999, #marks)))
    end
  end
end

-- The tenant's totals, its progress last.
local function totals(key)
  local names = {unpack(FIELDS)}
  names[PROGRESS] = 'progress'
  local answer = redis.call('HMGET', key, unpack(names))
  for i = 1, #names do
    answer[i] = answer[i] or '0'
  end
  return answer
end

local next_argument = 1

local function argument()
  local value = ARGV[next_argument]
  next_argument = next_argument + 1
  return value
end

