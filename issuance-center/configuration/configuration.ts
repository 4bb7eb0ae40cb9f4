/**
 * The configuration of a municipality in force at an instant. Read from the database each time, with the question that
 * needs it, so that every center process agrees on it from the same instant on, without a restart and without being told.
 */
import type { GraphemeOutlines } from '#templates/graphemeOutline.ts';
import type { Templates } from '#templates/load.ts';
import type { MunicipalityProfile } from '#templates/profileSchema.ts';
import type { CertificateKindId, MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { CertificateFont } from '../documents/font.ts';
import type { CanDraw } from '../registers/drawable.ts';

/** 緊急停止 in force: all issuing of the municipality, or some kinds. */
export interface Stops {
  readonly all: boolean;
  readonly kinds: ReadonlySet<CertificateKindId>;
}

export interface InForce {
  readonly municipality: MunicipalityCode;
  /** of this municipality, counted from 1 */
  readonly version: number;
  readonly profile: MunicipalityProfile;
  /** all kinds and layouts, and this municipality's profile, seals and font only */
  readonly templates: Templates;
  readonly stops: Stops;
  /** with this municipality's own characters (外字) */
  readonly font: CertificateFont;
  readonly canDraw: CanDraw;
  readonly outlines: (name: string) => GraphemeOutlines;
}

export interface MunicipalityName {
  readonly municipality: MunicipalityCode;
  /** with its prefecture */
  readonly name: string;
}

export interface Configuration {
  /** kinds and layouts, without any municipality */
  readonly common: Templates;
  /** Undefined when the municipality has not joined or has no version in force yet. */
  readonly inForce: (
    db: CenterDatabase | CenterTransaction,
    municipality: MunicipalityCode,
    now: number,
  ) => Promise<InForce | undefined>;
  /** Profiles in force of every municipality, for the idle screen; at most a minute old. */
  readonly everyProfile: (now: number) => Promise<readonly MunicipalityProfile[]>;
  /** Every municipality that has joined, also those with nothing in force. */
  readonly names: () => Promise<readonly MunicipalityName[]>;
}
