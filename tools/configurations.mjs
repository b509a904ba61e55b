// The configurations that the READMEs show, by the names that the suite has for them. A test holds the names equal to those of the suite.

/**
 * @typedef {import('@oneintent/core').AnyAdapter} AnyAdapter
 * @typedef {Record<string, unknown>} Entry what a package's entry exports, of which nothing is known yet
 */

const apiKey = 'sk_test_readme';

/** What makes an adapter, by its name. @param {Entry} entry @param {string} name @returns {(...options: readonly unknown[]) => AnyAdapter} */
const factory = (entry, name) => {
  const found = entry[name];
  if (typeof found !== 'function') throw new Error(`it exports no ${name}()`);
  return (...options) => found(...options);
};

/**
 * @type {Record<string, { readonly title: string, readonly folder: string, readonly make: (entry: Entry) => AnyAdapter }>}
 */
export const configurations = {
  'payjp payment_flows': { title: 'PAY.JP `payment_flows`', folder: 'packages/adapter-payjp', make: (entry) => factory(entry, 'payjp')({ apiKey }) },
  'payjp payment_intents': {
    title: 'PAY.JP `payment_intents`',
    folder: 'packages/adapter-payjp',
    make: (entry) => factory(entry, 'payjp')({ apiKey, dialect: 'payment_intents' }),
  },
  paypercut: { title: 'Paypercut', folder: 'packages/adapter-paypercut', make: (entry) => factory(entry, 'paypercut')({ apiKey }) },
  'generic stripe': { title: 'generic, profile `stripe`', folder: 'packages/adapter-generic', make: (entry) => factory(entry, 'generic')(entry['stripe'], { apiKey }) },
};
