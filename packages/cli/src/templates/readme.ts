import type { AdapterNames } from './names.js';

/** `README.md`: the headings that the adapters of OneIntent have, with what belongs below each. */
export const readme = ({ name, factory, title, keyVariable, coreRange }: AdapterNames): string => `# adapter-${name}

${title} for \`@oneintent/core\`: FILL IN what it covers.

This folder was written by \`oneintent create-adapter ${name}\`. Begin with \`npm install\` and \`npm test\`: each red promise says what to do next.
\`grep -rn "FILL IN\\|fillIn" src README.md\` finds everything that is still a guess; \`npm run conformance -- --only create\` runs a part, and says which file to open.

The sections are those of OneIntent's guide, "Writing an adapter".

1. \`src/operations.ts\`: the requests, from the documentation (section 6).
2. \`src/testing/stage.ts\`: what the provider answers, and the levers of the suite (sections 10 and 12).
3. \`src/wire.ts\`, \`src/read.ts\`, \`src/write.ts\`: its JSON, into neutral words and back (sections 2 to 4).
4. \`src/errors.ts\`: what a refusal means; whether money may have moved (section 5).
5. \`src/limits.ts\`, \`src/webhook.ts\`, \`src/index.ts\`: facts, each with its source (sections 7 to 9).
6. \`src/testing/provider.ts\`: the provider's own test mode (section 14). \`${keyVariable}=… npm run conformance:provider\` says what holds there, and what could not be tested.

Section 11 says what red means, section 13 what to do where the provider deviates, and section 15 what to declare for a provider of another shape.

## Install

FILL IN the name under which it is published. It goes with \`@oneintent/core\` ${coreRange}.

\`\`\`sh
npm install @oneintent/core adapter-${name}
\`\`\`

## Use

FILL IN an example that runs: a payment from its creation to its end.

\`\`\`ts
import { createPayments } from '@oneintent/core';
import { ${factory} } from 'adapter-${name}';

const payments = createPayments({ adapter: ${factory}({ apiKey: process.env.API_KEY ?? '' }) });
\`\`\`

## Options

FILL IN the form of the key, test and live, and provider options if there are any.

| option | |
|---|---|
| \`apiKey\` | The secret key. |
| \`baseUrl\` | Default: the provider's own address. |

## Operations and fields

What is not in this table is refused with \`unsupported\`, and nothing is sent. FILL IN one row per operation, and the events to subscribe to.

| operation | takes | does not take |
|---|---|---|

## Limits

FILL IN one row per fact of \`src/limits.ts\`.

| limit | value | source | confidence |
|---|---|---|---|

## What differs here

FILL IN what surprises somebody who knows another provider: how amounts are written, what a partial capture does with the rest, what cannot be looked at again.

## Idempotency and unknown outcomes

FILL IN whether keys are honoured and for how long, what happens to an answer that is lost, and what stays unknown.

## Errors and declines

FILL IN which answers are declines, and a row per code of \`src/errors.ts\`.

| ${title} says | \`code\` |
|---|---|

## Sources

FILL IN each page that was read, with its date.

| what | where |
|---|---|

## Not verified

FILL IN what nobody has published or seen live, and how the adapter reads it. Nothing here has been seen live.
`;
