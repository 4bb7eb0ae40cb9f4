/**
 * How a route of the console is declared. Every route names the act it is; what it may touch is decided by the signed-in
 * staff member's municipality, never by anything the page sends. The list of all routes (routes.ts) is also what the
 * authorisation test walks through.
 */
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { Act, Role } from './permissions.ts';

/** What of a session a route of one's own account may need. */
export interface OwnSession {
  /** hash of the cookie's token */
  readonly tokenHash: string;
  readonly csrf: string;
  readonly challenge: string | null;
  readonly isConfirmed: boolean;
}

/** Who is signed in. */
export interface StaffMember {
  /** uuid; what the audit names */
  readonly staffId: string;
  readonly municipality: MunicipalityCode;
  readonly roles: readonly Role[];
}

export interface ConsoleCall<Params, Query, Body> {
  readonly staff: StaffMember;
  readonly session: OwnSession;
  /** instant of the call, milliseconds */
  readonly now: number;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** for headers and for bodies that are no JSON (files); the answer's schema then is `fileAnswer` */
  readonly reply: FastifyReply;
}

export interface ConsoleRoute<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** under /api, e.g. /api/versions/:number */
  readonly path: `/api/${string}`;
  readonly act: Act;
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** of a 200; absent for files */
  readonly answer?: Answer;
  /** weighs more: the second factor must have been shown within the last minutes */
  readonly confirm?: boolean;
  /** bytes; default 64 kB */
  readonly bodyLimit?: number;
  /** Throws ConsoleRefusal for what cannot be done; anything else thrown is a fault. */
  readonly handle: (
    call: ConsoleCall<z.output<Params>, z.output<Query>, z.output<Body>>,
  ) => Promise<z.input<Answer> | FastifyReply>;
}

/** Infers the types of one route's parts. */
export function consoleRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(route: ConsoleRoute<Params, Query, Body, Answer>): ConsoleRoute {
  return route as unknown as ConsoleRoute;
}

/** One field of a form that is not right, or the whole (path ''), in plain Japanese. */
export interface ConsoleFault {
  readonly path: string;
  readonly reason: string;
}

/**
 * What staff can meet and do something about. `missing` is also the answer for what belongs to another municipality: that
 * it exists is nobody's business.
 */
export class ConsoleRefusal extends Error {
  readonly kind: 'missing' | 'not-now' | 'faults' | 'not-allowed';
  readonly faults: readonly ConsoleFault[];
  constructor(kind: ConsoleRefusal['kind'], reason: string, faults: readonly ConsoleFault[] = []) {
    super(reason);
    this.kind = kind;
    this.faults = faults;
  }
}
