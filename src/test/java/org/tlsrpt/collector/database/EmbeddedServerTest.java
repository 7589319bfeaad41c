package org.tlsrpt.collector.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedServerTest {

  @TempDir static Path home;
  static EmbeddedServer server;

  @BeforeAll
  static void start() {
    server = TestServers.start(home);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "data_checksums, on",
    "listen_addresses, 127.0.0.1",
    "password_encryption, scram-sha-256",
    "log_min_error_statement, panic",
    "server_encoding, UTF8",
  })
  void keepsCommitsAndPasswordsAsPromised(String setting, String value) throws SQLException {
    assertThat(TestServers.ask(server, "show " + setting)).isEqualTo(value);
  }

  @Test
  void sortsByCodePointSoThatAnUpdateOfTheSystemBreaksNoIndex() throws SQLException {
    var sql = "select datcollate from pg_database where datname = current_database()";
    assertThat(TestServers.ask(server, sql)).isEqualTo("C");
  }

  @Test
  void carriesTheMajorVersionItsDataIsCheckedFor() throws SQLException {
    assertThat(TestServers.ask(server, "show server_version")).startsWith(DataDirectory.MAJOR);
  }

  @Test
  void worksAsARoleThatIsNoSuperuser() throws SQLException {
    var sql = "select rolsuper from pg_roles where rolname = current_user";
    assertThat(TestServers.ask(server, sql)).isEqualTo("f");
  }

  @ParameterizedTest
  @CsvSource({"tlsrpt, wrong", "tlsrpt, ' '", "postgres, postgres", "postgres, ' '"})
  void refusesWhoeverLacksThePassword(String role, String password) {
    assertThatThrownBy(() -> DriverManager.getConnection(server.getJdbcUrl(), role, password))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void keepsThePasswordFromOtherUsers() throws IOException {
    var file = home.resolve("password");
    assertThat(file).content().isEqualToIgnoringNewLines(server.getPassword());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void answersOnTheLoopbackAddressOnly() throws IOException {
    var other = otherAddress();
    assumeTrue(other.isPresent(), "this machine has no address but loopback");
    try (var socket = new Socket()) {
      var address = new InetSocketAddress(other.get(), port());
      assertThatThrownBy(() -> socket.connect(address, 2000)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void leavesNoSocketFileForOtherUsersOfTheMachine() throws IOException {
    assertThat(Files.readAllLines(TestServers.pidFile(home)).get(4)).isBlank();
    assertThat(Path.of("/tmp/.s.PGSQL." + port())).doesNotExist();
  }

  @Test
  void runsInASessionOfItsOwnSoThatControlCReachesTheCollectorOnly() throws IOException {
    var pid = String.valueOf(TestServers.serverPid(home));
    var afterName = Files.readString(Path.of("/proc", pid, "stat")).split("\\) ", 2)[1];
    assertThat(afterName.split(" ")[3]).as("session").isEqualTo(pid);
  }

  @Test
  void saysWhichPortIsTaken(@TempDir Path another) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> TestServers.start(another, taken.getLocalPort()))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  @Test
  void saysWhichDirectoryCannotBeWritten(@TempDir Path parent) throws IOException {
    var below = Files.createFile(parent.resolve("file")).resolve("db");
    assertThatThrownBy(() -> TestServers.start(below))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining(below.toString());
  }

  @Test
  void saysWhenItHasNoProgramsForAMachine() {
    assertThatThrownBy(() -> Binaries.archive("SunOS sparc"))
        .isInstanceOfSatisfying(
            EmbeddedServerException.class,
            e -> {
              assertThat(e).hasMessageContaining("SunOS sparc");
              assertThat(e.analysis().getAction()).contains("spring.datasource.url");
            });
  }

  private static int port() {
    return URI.create(server.getJdbcUrl().substring("jdbc:".length())).getPort();
  }

  private static Optional<InetAddress> otherAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .findFirst();
  }
}
