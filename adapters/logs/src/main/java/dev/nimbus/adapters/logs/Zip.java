package dev.nimbus.adapters.logs;

import com.github.luben.zstd.ZstdCompressCtx;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Zstandard with a checksum in every frame; contexts are costly and used again. */
final class Zip implements AutoCloseable {
  private final int level;
  private final ConcurrentLinkedQueue<ZstdCompressCtx> idle = new ConcurrentLinkedQueue<>();

  Zip(int level) {
    this.level = level;
  }

  byte[] compress(byte[] raw) {
    var context = idle.poll();
    if (context == null) {
      context = new ZstdCompressCtx().setLevel(level).setChecksum(true);
    }
    try {
      return context.compress(raw);
    } finally {
      idle.add(context);
    }
  }

  @Override
  public void close() {
    idle.forEach(ZstdCompressCtx::close);
  }
}
