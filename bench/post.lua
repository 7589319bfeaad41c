-- Posts the requests of a file, each once: wrk … --script bench/post.lua http://… -- FILE THREADS [PAUSE] [close]
-- Each request stands behind its length, seven digits and a line end (bench/Corpus.java). PAUSE is the
-- mean wait in ms before each request of a connection, drawn anew each time: wrk knows no rate. With
-- close each request has a connection of its own. At the end it says what was answered how often; a
-- run that has used up the file posts what it posted before, which the answers show.

local number = 0
local threads = {}

function setup(thread)
  thread:set("mine", number)
  number = number + 1
  table.insert(threads, thread)
end

function init(args)
  file = assert(io.open(args[1], "rb"))
  all = tonumber(args[2])
  local pause = tonumber(args[3] or "0")
  close = args[4] == "close"
  file:setvbuf("full", 1024 * 1024)
  for _ = 1, mine do skip() end
  answers = {}
  turns = 0
  math.randomseed(mine + 1)
  if pause > 0 then
    delay = function() return math.floor(-math.log(1 - math.random()) * pause + 0.5) end
  end
end

function skip()
  local length = file:read(8)
  if length then file:seek("cur", tonumber(length)) end
end

function request()
  local length = file:read(8)
  if not length then
    file:seek("set", 0)
    turns = turns + 1
    length = file:read(8)
  end
  local bytes = file:read(tonumber(length))
  for _ = 2, all do skip() end
  return close and bytes:gsub("\r\n", "\r\nConnection: close\r\n", 1) or bytes
end

function response(status)
  answers[status] = (answers[status] or 0) + 1
end

function done(summary, latency)
  local sum = {}
  local again = 0
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("answers")) do
      sum[status] = (sum[status] or 0) + count
    end
    again = again + thread:get("turns")
  end
  io.write(string.format("seconds %.3f\n", summary.duration / 1e6))
  for status, count in pairs(sum) do io.write(string.format("answer %d %d\n", status, count)) end
  io.write(string.format("again %d\n", again))
  for _, p in ipairs({ 50, 99, 99.9 }) do
    io.write(string.format("p%s %.2f\n", p, latency:percentile(p) / 1000))
  end
  local errors = summary.errors
  io.write(string.format("errors %d\n", errors.connect + errors.read + errors.write + errors.timeout))
end
