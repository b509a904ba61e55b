import * as z from 'zod';
import { isoTime } from '../../engine/clock.js';
import type { JsonObject } from '../../engine/json.js';
import { sameMetadata } from '../../engine/metadata.js';
import type { Setup } from '../../engine/setup.js';
import * as setups from '../../engine/setups.js';
import type { CreateSetupInput } from '../../engine/setups.js';
import { handler, type Call, type Reading, type Route, type Spelling } from '../definition.js';
import { readBody } from '../json-request.js';
import { problem } from '../reading.js';
import { refuse } from './errors.js';
import { currency } from './validate.js';

const create = z.strictObject({
  currency,
  confirm: z.boolean().optional(),
  off_session: z.enum(['one_off', 'recurring']).nullish(),
});

function readCreate(call: Call): Reading<CreateSetupInput> {
  const reading = readBody(create)(call);
  if (!reading.ok) return reading;
  const { currency: code, confirm = false, off_session: offSession } = reading.input;
  if (offSession != null && !confirm) return problem(['off_session'], 'Only with confirm=true.');
  const input: CreateSetupInput = {
    customer: undefined,
    // How a method gets here is documented nowhere, yet one that is confirmed has it.
    paymentMethod: confirm ? call.profile.paymentMethods.succeeds : undefined,
    paymentMethodTypes: undefined,
    usage: 'off_session',
    currency: code,
    details: {},
    metadata: sameMetadata,
    confirm,
  };
  return { ok: true, input };
}

const renderSetup = (setup: Setup): JsonObject => ({
  id: setup.id,
  status: setup.status,
  currency: setup.currency,
  usage: setup.usage,
  payment_method: setup.paymentMethod ?? undefined,
  livemode: false,
  created: isoTime(setup.createdAt),
});

const spelling: Spelling<Setup> = { render: (_call, setup) => renderSetup(setup), refuse, decline: null };

/** Saving a payment method: only its creation is documented. */
export const setupRoutes: readonly Route[] = [{ method: 'POST', path: '/v1/setup_intents', handle: handler(spelling, readCreate, setups.createSetup) }];
