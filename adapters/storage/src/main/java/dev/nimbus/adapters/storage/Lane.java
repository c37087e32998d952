package dev.nimbus.adapters.storage;

/**
 * Where jobs of one repository that ask for the same wait.
 *
 * @param head the oldest waiting job, 0 while none waits
 */
record Lane(long id, long head) {
  boolean empty() {
    return head == 0;
  }
}
