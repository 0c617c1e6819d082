// Checks server-config/kubernetes against the schemas of Kubernetes, without a cluster:
//   npm ci --prefix src/test/manifests && node src/test/manifests/check.mjs
// Values are checked by the schemas. Names of fields that do not exist, which those let pass, are found by the compiler of
// TypeScript, since the types of Kubernetes are there too.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const require = createRequire(import.meta.url);
const faults = [];

function read(file) {
  // Kubernetes reads YAML 1.1, where 0440 is octal.
  return parse(readFileSync(join(root, file), 'utf8'), { version: '1.1' });
}

const source = [];
const folder = 'server-config/kubernetes';
for (const name of readdirSync(join(root, folder)).sort()) {
  const object = read(`${folder}/${name}`);
  if (object.kind === 'Kustomization') continue;
  const model = `kubernetes-models/${object.apiVersion}/${object.kind}`;
  try {
    new (require(model)[object.kind])(object).validate();
  } catch (e) {
    faults.push(`${name}: ${e.message}`);
  }
  source.push(`import { I${object.kind} } from '${model}';`);
  source.push(`export const o${source.length} = ${JSON.stringify(object)} satisfies I${object.kind};`);
}

// Beside node_modules, where the compiler looks for the types.
const work = mkdtempSync(join(here, 'node_modules', 'check-'));
try {
  const file = join(work, 'objects.ts');
  writeFileSync(file, source.join('\n'));
  const program = ts.createProgram([file], {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    ignoreDeprecations: '5.0',
    types: [],
  });
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    faults.push(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
  }
} finally {
  rmSync(work, { recursive: true });
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`${source.length / 2} objects fit the schemas of Kubernetes`);
