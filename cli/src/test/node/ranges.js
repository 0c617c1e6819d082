// Writes ranges.tsv: what node-semver answers for many ranges and versions.
// Run: node ranges.js path/to/node-semver > ../resources/org/mdlibs/cli/ranges.tsv
// npm brings node-semver along: $(npm root -g)/npm/node_modules/semver
const semver = require(process.argv[2]);
const versions = [
  '0.0.0', '0.0.1', '0.0.3', '0.1.0', '0.2.3', '0.2.9', '0.3.0-beta.2', '0.3.0', '1.0.0-alpha', '1.0.0-alpha.1',
  '1.0.0-rc.1', '1.0.0', '1.0.1', '1.2.0-rc.1', '1.2.0', '1.2.3-beta', '1.2.3', '1.2.9', '1.3.0', '1.10.0',
  '2.0.0-0', '2.0.0-rc.1', '2.0.0-rc.2', '2.0.0', '2.4.1', '3.0.0-alpha.10', '3.0.0', '10.0.0',
];
const operators = ['', '^', '~', '>', '>=', '<', '<=', '='];
const bounds = [
  '0', '0.0', '0.0.1', '0.1', '0.2.3', '0.3.0-beta.2', '1', '1.x', '1.2', '1.2.x', '1.2.3', '1.2.3-beta', '1.0.0-alpha.1',
  '2.0.0-rc.1', '2.0.0', '2', '3.0.0-alpha.2', '*', 'x', '0.x', 'v1.2.0',
];
let seed = 42;
function random(list) {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return list[Math.floor((seed / 2147483648) * list.length)];
}
const ranges = new Set();
for (const operator of operators) for (const bound of bounds) ranges.add(operator + bound);
for (let i = 0; i < 400; i++) {
  const one = () => random(operators) + random(bounds);
  ranges.add(`${one()} ${one()}`);
  ranges.add(`${one()} || ${one()}`);
  ranges.add(`${random(bounds)} - ${random(bounds)}`);
  ranges.add(`${one()} ${one()} || ${one()}`);
}
console.log('# node-semver ' + require(process.argv[2] + '/package.json').version);
console.log('# versions\t' + versions.join(' '));
for (const range of ranges) {
  if (semver.validRange(range) === null) continue;
  console.log(range + '\t' + versions.filter((v) => semver.satisfies(v, range)).join(' '));
}
