-- Runs commands that bring a tenant's ledger back, as long as it is not back and the caller is the
-- one who brings it.
--
-- KEYS  1 meta, 2 who brings it back, then those of the commands
-- ARGV  caller, for how long it stays the one (ms), 1 when these are the last,
--       then each command: its name, its key's index, life of the key (s, 0: for good), the number
--       of its arguments, then those
-- Returns 'restored' when the ledger is back already, 'taken' when another brings it back, 'ok'.

if is_restored(KEYS[1]) then
  return 'restored'
end
local caller, patience, is_last = argument(), argument(), argument() == '1'
if redis.call('GET', KEYS[2]) ~= caller then
  return 'taken'
end
redis.call('PEXPIRE', KEYS[2], patience)

while next_argument <= #ARGV do
  local name, key, life = argument(), KEYS[tonumber(argument())], tonumber(argument())
  local number = tonumber(argument())
  redis.call(name, key, unpack(ARGV, next_argument, next_argument + number - 1))
  if life > 0 then
    redis.call('EXPIRE', key, life)
  end
  next_argument = next_argument + number
end

if is_last then
  redis.call('HSET', KEYS[1], 'restored', '1')
  redis.call('DEL', KEYS[2])
end
return 'ok'
