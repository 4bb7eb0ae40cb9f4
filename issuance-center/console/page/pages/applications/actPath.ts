/** The address of an act on one application. */
import type { ApiPath } from '../../base/api.ts';

export const applicationPath = (number: string): ApiPath =>
  `/api/applications/${encodeURIComponent(number)}` as ApiPath;
export const actPath = (number: string, act: string): ApiPath =>
  `${applicationPath(number)}/${act}` as ApiPath;
