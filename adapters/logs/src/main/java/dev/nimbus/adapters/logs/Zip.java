package dev.nimbus.adapters.logs;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Zstandard with a checksum in every frame; its contexts are costly and used again. */
final class Zip implements AutoCloseable {
  private final int level;
  private final ConcurrentLinkedQueue<ZstdCompressCtx> packing = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<ZstdDecompressCtx> unpacking = new ConcurrentLinkedQueue<>();

  Zip(int level) {
    this.level = level;
  }

  byte[] compress(byte[] raw) {
    var context = packing.poll();
    if (context == null) {
      context = new ZstdCompressCtx().setLevel(level).setChecksum(true);
    }
    try {
      return context.compress(raw);
    } finally {
      packing.add(context);
    }
  }

  /** Throws {@code ZstdException} when the body is damaged. */
  byte[] decompress(byte[] body, int rawBytes) {
    var context = unpacking.poll();
    if (context == null) {
      context = new ZstdDecompressCtx();
    }
    try {
      return context.decompress(body, rawBytes);
    } finally {
      unpacking.add(context);
    }
  }

  @Override
  public void close() {
    packing.forEach(ZstdCompressCtx::close);
    unpacking.forEach(ZstdDecompressCtx::close);
  }
}
