package dev.nimbus.testkit.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.cache.BlobKey;
import dev.nimbus.core.cache.BlobStore;
import dev.nimbus.core.cache.BlobStore.Put;
import dev.nimbus.core.id.OrgId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What callers of every {@link BlobStore} may rely on. */
public abstract class BlobStoreContract {
  private static final BlobKey KEY = new BlobKey(OrgId.DEFAULT, "linux/deps@v1.tar.zst");
  private static final long MANY = 1 << 20;

  /** An empty store; the same one for the whole of a test. */
  protected abstract BlobStore store();

  @Test
  void whatIsPutCanBeOpened() throws IOException {
    assertThat(put(KEY, "content")).isEqualTo(Put.STORED);

    assertThat(read(KEY)).isEqualTo("content");
    assertThat(store().size(KEY)).contains(7L);
    try (var blob = store().open(KEY).orElseThrow()) {
      assertThat(blob.size()).isEqualTo(7);
    }
  }

  @Test
  void whatIsNotThereIsEmpty() throws IOException {
    assertThat(store().open(KEY)).isEmpty();
    assertThat(store().size(KEY)).isEmpty();
  }

  @Test
  void aBlobThatIsThereStaysAsItIs() throws IOException {
    put(KEY, "first");

    assertThat(put(KEY, "second")).isEqualTo(Put.ALREADY_THERE);
    assertThat(read(KEY)).isEqualTo("first");
  }

  @Test
  void tenantsNeverSeeEachOther() throws IOException {
    put(KEY, "ours");
    var theirs = new BlobKey(new OrgId("acme"), KEY.path());

    assertThat(store().open(theirs)).isEmpty();
    put(theirs, "theirs");
    store().delete(theirs);
    assertThat(read(KEY)).isEqualTo("ours");
  }

  @Test
  void anEmptyBlobIsABlob() throws IOException {
    put(KEY, "");

    assertThat(store().size(KEY)).contains(0L);
    assertThat(read(KEY)).isEmpty();
  }

  @Test
  void aBlobMayBeExactlyAsLongAsAllowed() throws IOException {
    assertThat(store().put(KEY, bytes("12345"), 5)).isEqualTo(Put.STORED);
  }

  @Test
  void contentThatIsTooLongLeavesNothing() throws IOException {
    assertThat(store().put(KEY, bytes("123456"), 5)).isEqualTo(Put.TOO_LARGE);

    assertThat(store().open(KEY)).isEmpty();
    assertThat(put(KEY, "later")).isEqualTo(Put.STORED);
  }

  @Test
  void contentThatBreaksOffLeavesNothing() throws IOException {
    var broken = new SequenceInputStream(bytes("half"), new Broken());

    assertThatThrownBy(() -> store().put(KEY, broken, MANY))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
    assertThat(store().open(KEY)).isEmpty();
    assertThat(put(KEY, "later")).isEqualTo(Put.STORED);
  }

  @Test
  void deletingIsFinalAndMayBeRepeated() throws IOException {
    put(KEY, "content");
    store().delete(KEY);
    store().delete(KEY);

    assertThat(store().open(KEY)).isEmpty();
    assertThat(put(KEY, "again")).isEqualTo(Put.STORED);
  }

  @Test
  void aBlobBeingReadStaysReadable() throws IOException {
    put(KEY, "content");
    try (var blob = store().open(KEY).orElseThrow()) {
      store().delete(KEY);

      assertThat(blob.content().readAllBytes())
          .isEqualTo("content".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void theLongestNamesAndSimilarOnesAreKeptApart() throws IOException {
    var longest = new BlobKey(OrgId.DEFAULT, "a".repeat(512));
    var almost = new BlobKey(OrgId.DEFAULT, "a".repeat(511) + "b");
    var nested = new BlobKey(OrgId.DEFAULT, "a/b");
    var flat = new BlobKey(OrgId.DEFAULT, "a_b");
    for (var key : Arrays.asList(longest, almost, nested, flat)) {
      assertThat(put(key, key.path())).isEqualTo(Put.STORED);
    }
    for (var key : Arrays.asList(longest, almost, nested, flat)) {
      assertThat(read(key)).isEqualTo(key.path());
    }
  }

  @Test
  void ofManyWhoPutOneKeyExactlyOneStores() throws Exception {
    Callable<Put> putting = () -> put(KEY, "x".repeat(100_000));
    try (var threads = Executors.newFixedThreadPool(8)) {
      var results = threads.invokeAll(Collections.nCopies(16, putting));

      assertThat(results.stream().filter(r -> r.resultNow() == Put.STORED)).hasSize(1);
    }
    assertThat(store().size(KEY)).contains(100_000L);
  }

  protected final Put put(BlobKey key, String content) throws IOException {
    return store().put(key, bytes(content), MANY);
  }

  protected final String read(BlobKey key) throws IOException {
    try (var blob = store().open(key).orElseThrow()) {
      return new String(blob.content().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A client that goes away. */
  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("gone");
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      throw new IOException("gone");
    }
  }
}
