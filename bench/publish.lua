-- wrk: each request publishes a library of another name. What is sent is a template: the environment names a file with
-- the body, in which NAME stands for the name, and the path, the method, the content type and the token.
local serial = 0
local file = assert(io.open(os.getenv("BENCH_BODY"), "rb"))
local body = file:read("*a")
file:close()
local from = 1
local parts = {}
while true do
  local first, last = body:find("NAME", from, true)
  if not first then
    break
  end
  parts[#parts + 1] = body:sub(from, first - 1)
  from = last + 1
end
parts[#parts + 1] = body:sub(from)

local path = os.getenv("BENCH_PATH")
local prefix = os.getenv("BENCH_PREFIX")
local method = os.getenv("BENCH_METHOD")
local headers = {
  ["Content-Type"] = os.getenv("BENCH_TYPE"),
  ["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN"),
}

request = function()
  serial = serial + 1
  local name = prefix .. serial
  return wrk.format(method, (path:gsub("NAME", name)), headers, table.concat(parts, name))
end
