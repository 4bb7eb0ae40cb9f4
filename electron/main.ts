/**
 * The frame: one locked kiosk window on the agent's screen, and a watchdog that keeps it there. Nothing of what the
 * screen is about is known here; everything a person does goes from the page to the agent.
 */
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, Menu } from 'electron';
import { agentAnswers } from './agentProbe.ts';
import { lockApplication, lockedPreferences, lockSession, refuseDebugging } from './lockdown.ts';
import { runWatchdog } from './runWatchdog.ts';
import { screenUrl } from './screenUrl.ts';
import { frameSettings } from './settings.ts';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const report = (message: string) => console.error(`${new Date().toISOString()} frame ${message}`);

function later(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

function start(): void {
  const settings = frameSettings(process.env);
  const production = app.isPackaged;
  refuseDebugging(app, production);
  lockApplication(app, settings.agentOrigin, production);
  app.enableSandbox();
  // a kiosk without a window is of no use: end, so that the service manager starts the frame anew
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(() => {
    Menu.setApplicationMenu(null); // with the menu go its shortcuts: reload, zoom, developer tools, quit
    const window = new BrowserWindow({
      kiosk: true,
      show: true,
      autoHideMenuBar: true,
      backgroundColor: '#ffffff',
      webPreferences: lockedPreferences(beside('preload.cjs'), production),
    });
    lockSession(window.webContents.session);
    const stop = runWatchdog(window, {
      screenUrl: () => screenUrl(settings),
      outOfServicePage: beside('out-of-service.html'),
      agentAnswers: () => agentAnswers(settings.agentOrigin),
      later,
      report,
    });
    window.on('closed', stop);
    app.on('second-instance', () => window.focus());
  });
}

if (!app.requestSingleInstanceLock()) {
  report('another frame runs already');
  app.quit();
} else {
  try {
    start();
  } catch (error) {
    report(error instanceof Error ? error.message : 'could not start');
    app.exit(1);
  }
}
