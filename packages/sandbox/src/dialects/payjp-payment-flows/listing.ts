import * as z from 'zod';
import type { JsonObject } from '../../engine/json.js';
import { cutPage } from '../../engine/paging.js';
import { success, type Answer } from '../../http/answer.js';
import type { Call } from '../definition.js';
import { readQuery } from '../json-request.js';
import { refuse } from '../payjp/problem.js';
import { queryInteger } from '../payjp/request.js';

const query = z
  .strictObject({
    limit: queryInteger(1, 100).optional(),
    starting_after: z.string().optional(),
    ending_before: z.string().optional(),
    customer_id: z.string().optional(),
  })
  .refine((asked) => asked.starting_after === undefined || asked.ending_before === undefined, {
    path: ['ending_before'],
    message: 'Not together with starting_after.',
  });

const readPayments = readQuery(query);
const readOthers = readQuery(query.refine((asked) => asked.customer_id === undefined, { path: ['customer_id'], message: 'This field is not known here.' }));

/** A list, cut into pages by cursor. Only that of payments can be filtered, by `customer_id`. */
export const listHandler =
  <Item extends { readonly id: string; readonly customer?: string | null }>(
    of: 'payments' | 'others',
    items: (call: Call) => Iterable<Item>,
    render: (item: Item) => JsonObject,
  ) =>
  (call: Call): Answer => {
    const reading = (of === 'payments' ? readPayments : readOthers)(call);
    if (!reading.ok) return refuse(call, reading.refusal, true);
    const { limit = 10, starting_after: after, ending_before: before, customer_id: customer } = reading.input;
    const found = [...items(call)].filter((item) => customer === undefined || item.customer === customer);
    const page = cutPage(call.store.switches.listOrder === 'newest_first' ? found.toReversed() : found, { limit, after, before });
    if (!page.ok) {
      const [parameter, id = ''] = page.badCursor === 'after' ? ['starting_after', after] : ['ending_before', before];
      return refuse(call, { kind: 'bad_cursor', parameter, id }, true);
    }
    return success({ object: 'list', url: call.path, has_more: page.hasMore, data: page.items.map(render) });
  };
