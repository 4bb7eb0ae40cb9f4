// Preloaded into every child of the demo: when the parent is gone (even by SIGKILL) the channel closes and the child ends.
if (process.channel) {
  process.channel.unref?.();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
