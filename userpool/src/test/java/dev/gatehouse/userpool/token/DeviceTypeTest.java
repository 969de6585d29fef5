package dev.gatehouse.userpool.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36 | Chrome 125 / macOS 15.0
          Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Safari/605.1.15 | Safari 17 / macOS 10.15
          Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.2478.51 | Edge 124 / Windows 10
          Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:126.0) Gecko/20100101 Firefox/126.0 | Firefox 126 / Windows 10
          Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36 OPR/109.0.0.0 | Opera 109 / Linux
          Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 | Chrome 124 / ChromeOS
          Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 | Safari 17 / iOS 17.5
          Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/125.0.6422.80 Mobile/15E148 Safari/604.1 | Chrome 125 / iPadOS 16.6
          Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36 | Samsung Internet 25 / Android 14
          Mozilla/5.0 (Android 13; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0 | Firefox 125 / Android 13
          aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1.0 lang/js md/nodejs#20.19.2 | aws-sdk-js 3.1169.0 / Linux
          aws-sdk-java/2.57.8 md/io#sync ua/2.1 os/macOS#15.0 lang/java#25 | aws-sdk-java 2.57.8 / macOS 15.0
          okhttp/4.12.0 | okhttp 4.12.0
          Mozilla/5.0 (X11; Linux x86_64) | Linux
          """)
  void whatIsKnownIsTold(String userAgent, String told) {
    assertThat(DeviceType.of(userAgent)).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "<script>alert(1)</script>/1.0",
        "Mozilla/5.0",
        "a/b",
        "x\u0001y/1",
        "Mozilla/5.0 Chrome/",
        "-/1"
      })
  void whatIsNotIsUnknown(String userAgent) {
    assertThat(DeviceType.of(userAgent)).isEqualTo("unknown");
  }

  @Test
  void nothingIsTakenOverButHarmlessCharacters() {
    assertThat(DeviceType.of("App<b>/1.0 os/linux")).isEqualTo("Linux");
    assertThat(DeviceType.of("App/1<b> os/linux")).isEqualTo("Linux");
    assertThat(DeviceType.of("a".repeat(41) + "/1")).isEqualTo("unknown");
    assertThat(DeviceType.of("Mozilla/5.0 " + "x".repeat(600) + " Chrome/125"))
        .isEqualTo("unknown");
    assertThat(DeviceType.of("Mozilla/5.0 Chrome/" + "9".repeat(400))).hasSizeLessThan(20);
  }
}
