import type { AnyAdapter } from '../adapter.js';

/** How far a payment can be brought, and left there, as an adapter's own declaration says. */
export interface Ways {
  /** Made without being charged, while nothing says yet with what. */
  readonly waits: boolean;
  /** Made with a payment method, and not charged before it is confirmed. */
  readonly waitsWithMethod: boolean;
  /** Authorised, until it is captured. */
  readonly held: boolean;
  readonly paid: boolean;
}

/** Reads the ways from what creation accepts and requires, and from whether there is a confirmation of its own. Where there is none, nothing waits with a method. */
export const waysOf = ({ operations }: AnyAdapter): Ways => {
  const create = operations['paymentIntents.create'];
  const accepts = (field: string): boolean => create?.accepts.some((accepted) => accepted === field) === true;
  const requires = (field: string): boolean => create?.requires?.some((required) => required === field) === true;
  const canWait = create !== undefined && !requires('confirm');
  const isConfirmedApart = operations['paymentIntents.confirm'] !== undefined;
  return {
    waits: canWait && (!requires('paymentMethod') || isConfirmedApart),
    waitsWithMethod: canWait && isConfirmedApart,
    held: accepts('confirm') && accepts('captureMethod'),
    paid: accepts('confirm'),
  };
};
