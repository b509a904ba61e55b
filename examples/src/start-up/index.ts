import { PaymentError } from '@oneintent/core';
import { openAccounts } from './accounts.js';
import { frameworks } from './frameworks.js';
import { play } from './play.js';

for (const [framework, handle] of frameworks)
  for (const provider of ['paypercut', 'stripe'] as const) {
    const { answers, books } = await play(handle, provider);
    console.log(`\n${framework}, with Europe at ${provider}`);
    for (const answer of answers) console.log(`  ${JSON.stringify(answer)}`);
    console.log(`  the providers' books: ${books.flat().join(', ')}`);
  }

console.log('\nA wrong environment, and what the process says before it ends');
const wrong = { ONEINTENT_ACCOUNTS: 'jp,eu', ONEINTENT_JP_PROVIDER: 'payjp', ONEINTENT_JP_APIKEY: 'sk_test_1', ONEINTENT_EU_PROVIDER: 'payperct' };
await openAccounts(wrong).catch((error: unknown) => {
  if (!PaymentError.is(error)) throw error;
  for (const { field, problem, remedy } of error.problems) console.log(`  ${field} ${problem}. ${remedy}`);
});
