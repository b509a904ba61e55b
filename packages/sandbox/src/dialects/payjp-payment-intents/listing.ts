import * as z from 'zod';
import type { JsonObject } from '../../engine/json.js';
import { cutPage } from '../../engine/paging.js';
import { success, type Answer } from '../../http/answer.js';
import type { Call } from '../definition.js';
import { readQuery } from '../json-request.js';
import { refuse } from '../payjp/problem.js';
import { queryInteger } from '../payjp/request.js';

const read = readQuery(z.strictObject({ limit: queryInteger(1, 100).optional(), offset: queryInteger(0, Number.MAX_SAFE_INTEGER).optional() }));

/** A list, cut into pages by offset. */
export const listHandler =
  <Item extends { readonly id: string }>(items: (call: Call) => Iterable<Item>, render: (item: Item) => JsonObject) =>
  (call: Call): Answer => {
    const reading = read(call);
    if (!reading.ok) return refuse(call, reading.refusal, false);
    const { limit = 10, offset = 0 } = reading.input;
    const found = [...items(call)];
    const page = cutPage(call.store.switches.listOrder === 'newest_first' ? found.toReversed() : found, { limit, offset });
    const [data, more] = page.ok ? [page.items.map(render), page.hasMore] : [[], false];
    return success({ object: 'list', url: call.path, has_more: more, data });
  };
