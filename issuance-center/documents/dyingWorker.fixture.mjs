// A worker that never gets ready.
process.exit(1);
