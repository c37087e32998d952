package dev.nimbus.adapters.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.cache.BlobKey;
import dev.nimbus.core.cache.BlobStore;
import dev.nimbus.core.cache.BlobStore.Put;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.testkit.cache.BlobStoreContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileBlobStoreTest extends BlobStoreContract {
  private static final long ROOMY = 1 << 30;
  private static final long MAX = 1 << 20;

  private final AtomicLong millis = new AtomicLong(1_000_000_000);
  private final InstantSource time = () -> Instant.ofEpochMilli(millis.get());

  @TempDir private Path folder;
  private FileBlobStore store;

  @BeforeEach
  void open() {
    store = FileBlobStore.open(folder, ROOMY, time);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected BlobStore store() {
    return store;
  }

  @Test
  void blobsOutliveTheStore() throws IOException {
    put(key("a"), "content");
    reopen(ROOMY);

    assertThat(read(key("a"))).isEqualTo("content");
    assertThat(store.stats().entries()).isEqualTo(1);
    assertThat(store.stats().bytes()).isEqualTo(7);
  }

  @Test
  void whatACrashLeftIsSwept() throws IOException {
    Files.writeString(folder.resolve("temporary/put-123"), "half of something");
    reopen(ROOMY);

    assertThat(temporaryFiles()).isZero();
    assertThat(store.stats().entries()).isZero();
  }

  @Test
  void nothingTemporaryStaysHoweverAPutEnds() throws IOException {
    put(key("a"), "content");
    put(key("a"), "again");
    store.put(key("b"), zeros(100), 10);
    assertThatThrownBy(() -> store.put(key("c"), broken(), MAX)).isInstanceOf(IOException.class);

    assertThat(temporaryFiles()).isZero();
    assertThat(store.stats().bytes()).isEqualTo(7);
  }

  @Test
  void theLeastRecentlyUsedMakeRoom() throws IOException {
    reopen(300);
    for (var name : new String[] {"a", "b", "c"}) {
      assertThat(store.put(key(name), zeros(100), MAX)).isEqualTo(Put.STORED);
      millis.addAndGet(10_000_000);
    }
    store.open(key("a")).orElseThrow().close();

    assertThat(store.put(key("d"), zeros(150), MAX)).isEqualTo(Put.STORED);

    assertThat(store.size(key("a"))).isPresent();
    assertThat(store.size(key("b"))).isEmpty();
    assertThat(store.size(key("c"))).isEmpty();
    assertThat(store.stats().bytes()).isEqualTo(250);
    assertThat(store.stats().evictions()).isEqualTo(2);
  }

  @Test
  void theOrderOfUseOutlivesTheStore() throws IOException {
    for (var name : new String[] {"a", "b", "c"}) {
      store.put(key(name), zeros(100), MAX);
    }
    millis.addAndGet(10_000_000);
    store.open(key("a")).orElseThrow().close();

    reopen(100);

    assertThat(store.size(key("a"))).isPresent();
    assertThat(store.stats().entries()).isEqualTo(1);
  }

  @Test
  void aBlobLargerThanAllRoomIsRefusedAndCostsNoOtherBlob() throws IOException {
    reopen(300);
    put(key("small"), "content");

    assertThatThrownBy(() -> store.put(key("big"), zeros(301), MAX))
        .isInstanceOf(NimbusException.class)
        .extracting(e -> ((NimbusException) e).code())
        .isEqualTo("disk-full");
    assertThat(read(key("small"))).isEqualTo("content");
    assertThat(store.stats().bytes()).isEqualTo(7);
    assertThat(temporaryFiles()).isZero();
    assertThat(store.put(key("a"), zeros(300), MAX)).isEqualTo(Put.STORED);
  }

  @Test
  void aFullDiskIsExplainedAndLeavesNothing() throws IOException {
    store.close();
    store = FileBlobStore.open(folder, ROOMY, time, _ -> new FullDisk("No space left on device"));

    assertThatThrownBy(() -> store.put(key("a"), zeros(10), MAX))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("disk is full")
        .hasRootCauseMessage("No space left on device")
        .extracting(e -> ((NimbusException) e).kind())
        .isEqualTo(Kind.EXHAUSTED);
    assertThat(store.size(key("a"))).isEmpty();
    assertThat(store.stats().bytes()).isZero();
    assertThat(temporaryFiles()).isZero();
  }

  @Test
  void twoStoresCannotShareAFolder() {
    assertThatThrownBy(() -> FileBlobStore.open(folder, ROOMY, time))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("uses it already")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> FileBlobStore.open(file.resolve("cache"), ROOMY, time))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("Cannot use cache folder");
  }

  @Test
  void everyTenantHasItsFolder() throws IOException {
    put(new BlobKey(new OrgId("acme"), "x"), "1");

    assertThat(folder.resolve("blobs/acme")).isDirectory();
  }

  private void reopen(long maxBytes) {
    store.close();
    store = FileBlobStore.open(folder, maxBytes, time);
  }

  private long temporaryFiles() throws IOException {
    try (var files = Files.list(folder.resolve("temporary"))) {
      return files.count();
    }
  }

  private static BlobKey key(String path) {
    return new BlobKey(OrgId.DEFAULT, path);
  }

  private static InputStream zeros(int count) {
    return new ByteArrayInputStream(new byte[count]);
  }

  private static InputStream broken() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("gone");
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        throw new IOException("gone");
      }
    };
  }
}
