/** Every route of the console behind the sign-in. The authorisation test walks through this list. */
import { configurationRoutes } from './configuration/routes.ts';
import { accountRoutes } from './accountRoutes.ts';
import type { ConsoleDeps } from './consoleDeps.ts';
import type { ConsoleRoute } from './consoleRoute.ts';
import { disclosureRoutes } from './disclosure/routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { staffRoutes } from './staffRoutes.ts';

export function consoleRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    ...accountRoutes(deps),
    ...staffRoutes(deps),
    ...configurationRoutes(deps),
    ...reportRoutes(deps),
    ...disclosureRoutes(deps),
  ];
}
