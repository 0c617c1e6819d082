-- Sends the token of the environment, if there is one.
local token = os.getenv("BENCH_TOKEN")

if token and token ~= "" then
  wrk.headers["Authorization"] = "Bearer " .. token
end
