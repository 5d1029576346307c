// What Netlify's own parsers make of a built site: node netlify.mjs PROJECT prints one JSON object.
import { parseAllHeaders } from '@netlify/headers-parser'
import { parseAllRedirects } from '@netlify/redirect-parser'
import { resolveConfig } from '@netlify/config'
import { join } from 'node:path'

const project = process.argv[2]
const output = join(project, 'output')
const headers = await parseAllHeaders({
  headersFiles: [join(output, '_headers')],
  configHeaders: [],
  minimal: false,
})
const redirects = await parseAllRedirects({
  redirectsFiles: [join(output, '_redirects')],
  configRedirects: [],
  minimal: false,
})
const contexts = {}
for (const context of ['production', 'deploy-preview']) {
  const { config, configPath } = await resolveConfig({
    cwd: project,
    repositoryRoot: project,
    config: join(project, 'netlify.toml'),
    context,
    offline: true,
    mode: 'buildbot',
    env: {},
    buffer: true,
  })
  contexts[context] = { ...config.build, read: configPath }
}
console.log(
  JSON.stringify({
    headers: headers.headers,
    redirects: redirects.redirects,
    errors: [...headers.errors, ...redirects.errors].map(String),
    contexts,
  }),
)
