/** Imported before any schema: zod would otherwise probe `new Function`, which the page's CSP forbids and reports. */
import { z } from 'zod';

z.config({ jitless: true });
