/**
 * What this window may never do, whatever page is in it (Electron security checklist). Every rule is a denial; the only
 * thing allowed is the agent's own origin on 127.0.0.1 and the local out-of-service page.
 */
import type { App, Session, WebContents, WebPreferences } from 'electron';

/** For `new BrowserWindow({ webPreferences })`. `preload` is an absolute path to the built .cjs. */
export function lockedPreferences(preload: string, production: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !production,
  };
}

/** Switches that would open a debugger into the page or the frame. */
const DEBUG_SWITCHES = ['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk'] as const;

/** Throws Error when a packaged frame is started with a switch that opens a debugger. */
export function refuseDebugging(app: Pick<App, 'commandLine'>, production: boolean): void {
  const found = DEBUG_SWITCHES.find((name) => app.commandLine.hasSwitch(name));
  if (production && found) throw new Error(`--${found} is not allowed in production`);
}

/** True for addresses of exactly this origin; false for everything else, unreadable addresses included. */
export function isWithin(origin: string, url: string): boolean {
  return URL.canParse(url) && new URL(url).origin === origin;
}

/** Denies every way out of the agent's origin to one web contents. */
export function lockContents(contents: WebContents, agentOrigin: string, production: boolean): void {
  const stayInside = (event: { preventDefault: () => void }, url: string) => {
    if (!isWithin(agentOrigin, url)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stayInside(event, event.url));
  contents.on('will-frame-navigate', (event) => stayInside(event, event.url));
  contents.on('will-redirect', (event) => stayInside(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
  contents.on('devtools-opened', () => {
    if (production) contents.closeDevTools();
  });
}

/** Denies every permission, device and download to the session. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event) => event.preventDefault());
}

/**
 * The rules of the whole application: no certificate error is ever accepted, no client certificate offered, no password
 * dialog answered, and every web contents that appears is locked before it can load anything.
 */
export function lockApplication(app: App, agentOrigin: string, production: boolean): void {
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, accept) => {
    event.preventDefault();
    accept(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault();
    choose();
  });
  app.on('login', (event, _contents, _details, _authInfo, answer) => {
    event.preventDefault();
    answer();
  });
  app.on('web-contents-created', (_event, contents) => lockContents(contents, agentOrigin, production));
}
