/** Every route of the console behind the sign-in. The authorisation test walks through this list. */
import { configurationRoutes } from './configuration/routes.ts';
import { accountRoutes } from './accountRoutes.ts';
import { applicationsRoutes } from './applications/routes.ts';
import type { ConsoleDeps } from './consoleDeps.ts';
import type { ConsoleRoute } from './consoleRoute.ts';
import { counterRoutes } from './counter/routes.ts';
import { caseRoutes } from './cases/routes.ts';
import { disclosureRoutes } from './disclosure/routes.ts';
import { issuedRoutes } from './issued/routes.ts';
import { registersRoutes } from './registers/routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { staffRoutes } from './staffRoutes.ts';
import { watchRoutes } from './watch/routes.ts';

export function consoleRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    ...accountRoutes(deps),
    ...staffRoutes(deps),
    ...configurationRoutes(deps),
    ...reportRoutes(deps),
    ...disclosureRoutes(deps),
    ...watchRoutes(deps),
    ...registersRoutes(deps),
    ...issuedRoutes(deps),
    ...caseRoutes(deps),
    ...counterRoutes(deps),
    ...applicationsRoutes(deps),
  ];
}
