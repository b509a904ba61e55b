import { atProvider } from '@oneintent/core/conformance';
import { kontor } from './kontor/index.js';

/** The suite at Kontor's own test account. */
export const harness = atProvider({
  name: 'kontor',
  adapter: kontor({ apiKey: process.env.KONTOR_API_KEY ?? '' }),
  currency: 'EUR',
  customer: 'anna',
  paymentMethods: { succeeds: 'card_fine', card_declined: 'card_refused', three_d_secure: 'card_careful' },
  date: new Date().toISOString().slice(0, 10),
  onLeftover: ({ object, id, why }) => console.error(`left: ${object} ${id ?? ''} (${why})`),
});
