-- Takes in what is new of a tenant's agents, and says how they are now: these, and all whose status
-- is due to be looked at. Redis 6.2 and newer.
--
-- KEYS  1 agents, 2 names, 3 counts, 4 due, 5 details, 6 changes, 7 meta,
--       8 open connections and 9 positions: the ledger's, only read
-- ARGV  now (ms), the silence after which an agent is degraded, unhealthy, offline (ms each),
--       since when someone has always listened (ms), for how long one that left is known (ms),
--       changes kept, connections kept of an agent, due agents to look at,
--       the number of agents, each: its name, last heartbeat (ms), its door, status reported or -,
--       when (ms), version or empty, metrics (JSON) or empty, when (ms), last closed (ms), the
--       number of connections, their keys
-- Returns when the next is due (ms) or empty, the numbers of changes, joins and leaves, and of
--       agents whose open connections are not all known by name.
--
-- Everything is the greatest of what was told, or read from the ledger, so it may be told twice, in
-- any order, by several. What an agent's record reads: see AgentPresence.

local next_argument = 1
local function argument()
  local value = ARGV[next_argument]
  next_argument = next_argument + 1
  return value
end
local function text(number)
  return string.format('%.0f', number)
end

local AGENTS, NAMES, COUNTS, DUE, DETAILS, CHANGES, META, OPEN, POSITIONS = unpack(KEYS)
local RANKS = {online = 0, degraded = 1, unhealthy = 2, offline = 3}
local STATUSES = {[0] = 'online', 'degraded', 'unhealthy', 'offline'}
local SKEW = 5000 -- by how much the trackers' clocks may differ

local now = tonumber(argument())
local silence = {tonumber(argument()), tonumber(argument()), tonumber(argument())}
local heard_since, forget = tonumber(argument()), tonumber(argument())
local max_changes, max_connections = argument(), tonumber(argument())
local sweep = tonumber(argument())

-- no tracker makes an agent younger than another has seen it
local last = tonumber(redis.call('HGET', META, 'at') or '0')
if now < last and last - now < SKEW then
  now = last
end
redis.call('HSET', META, 'at', text(now))

local changes, joins, leaves, unnamed = 0, 0, 0, 0

local function parse(record)
  local f = {string.match(record,
      '^(%S+) (%d+) (%d+) (%d+) (%d+) (%S+) (%d+) (%d+) (%d+) (%S+) (%S+)$')}
  local connections = {}
  if f[11] ~= '-' then
    for key in string.gmatch(f[11], '[^,]+') do
      connections[#connections + 1] = key
    end
  end
  return {status = f[1], since = tonumber(f[2]), seen = tonumber(f[3]), beat = tonumber(f[4]),
          ended = tonumber(f[5]), reported = f[6], reported_at = tonumber(f[7]),
          details_at = tonumber(f[8]), open = tonumber(f[9]), door = f[10],
          connections = connections}
end

local function write(name, a)
  local connections = #a.connections > 0 and table.concat(a.connections, ',') or '-'
  redis.call('HSET', AGENTS, name, table.concat({a.status, text(a.since), text(a.seen),
      text(a.beat), text(a.ended), a.reported, text(a.reported_at), text(a.details_at),
      text(a.open), a.door, connections}, ' '))
end

-- those of the keys that are the agent's and open, each once
local function still_open(name, ...)
  local open, known = {}, {}
  for _, keys in ipairs({...}) do
    for _, key in ipairs(keys) do
      if not known[key] and #open < max_connections then
        known[key] = true
        local position = redis.call('HGET', POSITIONS, key)
        if position and string.match(position, '^o %d+ 0 (%S+) ') == name then
          open[#open + 1] = key
        end
      end
    end
  end
  table.sort(open)
  return open
end

local function changed(name, a, before, at, cause)
  at = math.max(math.min(at, now), a.since)
  a.since = at
  if before then
    redis.call('HINCRBY', COUNTS, before, -1)
  end
  redis.call('HINCRBY', COUNTS, a.status, 1)
  local is_here, was_here = a.status ~= 'offline', before ~= nil and before ~= 'offline'
  if not is_here and not before then
    return -- it was never seen here
  end
  changes = changes + 1
  joins = joins + (is_here and not was_here and 1 or 0)
  leaves = leaves + (was_here and not is_here and 1 or 0)
  local entry = {'n', redis.call('HINCRBY', META, 'n', 1), 'agent', name, 'to', a.status,
                 'at', text(at), 'cause', cause}
  if before then
    entry[#entry + 1] = 'from'
    entry[#entry + 1] = before
  end
  redis.call('XADD', CHANGES, 'MAXLEN', max_changes, '*', unpack(entry))
end

local function forgotten(name, a)
  redis.call('HINCRBY', COUNTS, a.status, -1)
  redis.call('HDEL', AGENTS, name)
  redis.call('ZREM', NAMES, name)
  redis.call('ZREM', DUE, name)
  redis.call('HDEL', DETAILS, 'v:' .. name, 'm:' .. name)
  if redis.call('EXISTS', AGENTS) == 0 then -- nothing else would ever drop these
    for _, key in ipairs({COUNTS, META, CHANGES}) do
      redis.call('PEXPIRE', key, text(forget))
    end
  end
end

local function evaluate(name, fact)
  local record = redis.call('HGET', AGENTS, name)
  local open = tonumber(redis.call('HGET', OPEN, name) or '0')
  if not record and open == 0 and fact.beat == 0 and fact.ended == 0 then
    redis.call('ZREM', DUE, name)
    return
  end
  local a = record and parse(record)
      or {since = 0, seen = 0, beat = 0, ended = 0, reported = '-', reported_at = 0,
          details_at = 0, open = 0, door = '-', connections = {}}
  local before, open_before = a.status, a.open
  local reported_before = a.reported

  a.open = open
  a.connections = still_open(name, a.connections, fact.connections)
  if #a.connections < math.min(open, max_connections) then
    unnamed = unnamed + 1
  end
  if fact.beat > a.beat then
    a.beat, a.door = math.min(fact.beat, now), fact.door
  end
  if fact.reported ~= '-' and (fact.reported_at > a.reported_at
      or fact.reported_at == a.reported_at
          and RANKS[fact.reported] > (RANKS[a.reported] or -1)) then
    a.reported, a.reported_at = fact.reported, fact.reported_at
  end
  if fact.details_at > a.details_at then
    a.details_at = fact.details_at
    if fact.version ~= '' then
      redis.call('HSET', DETAILS, 'v:' .. name, fact.version)
    end
    if fact.metrics ~= '' then
      redis.call('HSET', DETAILS, 'm:' .. name, fact.metrics)
    end
  end
  if open == 0 then
    a.ended = math.max(a.ended, math.min(fact.ended, now))
    if open_before > 0 then
      a.ended = math.max(a.ended, now)
    end
  end
  a.seen = math.max(a.seen, a.beat, math.min(fact.reported_at, now), a.ended)
  if open > open_before then
    a.seen = now
  end

  local beating = a.beat > a.ended
  local from = a.beat
  if before and before ~= 'offline' then
    from = math.max(from, heard_since) -- when nobody listened, it was not it that was silent
  end
  local over = {from + silence[1] + 1, from + silence[2] + 1, from + silence[3]}
  local rank, cause, at, due = 0, nil, now, nil
  if beating then
    while rank < 3 and now >= over[rank + 1] do
      rank = rank + 1
    end
    if rank < 3 then
      due = over[rank + 1]
    end
    if rank > 0 then
      cause, at = 'silent', over[rank]
    end
  elseif open == 0 then
    rank, cause, at = 3, 'closed', a.ended
  end
  if rank < 3 and a.reported_at > a.ended and (RANKS[a.reported] or 0) > rank then
    rank, cause, at = RANKS[a.reported], 'reported', a.reported_at
  end

  a.status = STATUSES[rank]
  if a.status ~= before then
    if rank < 3 and (not before or before == 'offline') then
      if open > 0 and (not beating or open > open_before) then
        cause, at = 'connected', now
      else
        cause, at = 'heartbeat', a.beat
      end
    elseif not cause then
      cause = a.reported ~= reported_before and 'reported' or 'heartbeat'
    end
    changed(name, a, before, at, cause)
  end

  if rank == 3 and open == 0 then
    due = a.since + forget
    if due <= now then
      forgotten(name, a)
      return
    end
  end
  if due then
    redis.call('ZADD', DUE, text(due), name)
  else
    redis.call('ZREM', DUE, name)
  end
  write(name, a)
  if not record then
    redis.call('ZADD', NAMES, 0, name)
    for _, key in ipairs({COUNTS, META, CHANGES}) do
      redis.call('PERSIST', key)
    end
  end
end

local NOTHING = {beat = 0, door = '-', reported = '-', reported_at = 0, version = '', metrics = '',
                 details_at = 0, ended = 0, connections = {}}

for _ = 1, tonumber(argument()) do
  local name = argument()
  local fact = {beat = tonumber(argument()), door = argument(), reported = argument(),
                reported_at = tonumber(argument()), version = argument(), metrics = argument(),
                details_at = tonumber(argument()), ended = tonumber(argument()), connections = {}}
  for i = 1, tonumber(argument()) do
    fact.connections[i] = argument()
  end
  evaluate(name, fact)
end

for _, name in ipairs(redis.call('ZRANGEBYSCORE', DUE, '-inf', text(now), 'LIMIT', 0, sweep)) do
  evaluate(name, NOTHING)
end

local first = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')
return {first[2] and text(tonumber(first[2])) or '', changes, joins, leaves, unnamed}
