package io.github.tursospring.sample.browser;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A headless Chromium that looks at the page, and remembers what it asked for.
 */
class Browser implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final ChromeDriver driver;

	private final List<String> answers = new ArrayList<>();

	Browser() {
		ChromeOptions options = new ChromeOptions();
		executable("chromium", "chromium-browser", "google-chrome").ifPresent((binary) -> options.setBinary(binary));
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--hide-scrollbars");
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		ChromeDriverService.Builder service = new ChromeDriverService.Builder();
		executable("chromedriver").ifPresent(service::usingDriverExecutable);
		this.driver = new ChromeDriver(service.build(), options);
		this.driver.executeCdpCommand("Browser.grantPermissions",
				Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
		this.driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", "America/New_York"));
		view(1280, 900, "light");
	}

	static boolean isInstalled() {
		return executable("chromium", "chromium-browser", "google-chrome").isPresent()
				&& executable("chromedriver").isPresent();
	}

	private static Optional<File> executable(String... names) {
		return Stream.of(names)
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
				.map((directory) -> new File(directory, name)))
			.filter(File::canExecute)
			.findFirst();
	}

	void view(int width, int height, String colorScheme) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
	}

	void open(String url) {
		this.driver.get(url);
	}

	void reload() {
		this.driver.navigate().refresh();
	}

	String url() {
		return this.driver.getCurrentUrl();
	}

	WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> findAll(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	String text(String selector) {
		return (String) run("return document.querySelector(arguments[0]).textContent", selector);
	}

	@SuppressWarnings("unchecked")
	List<String> texts(String selector) {
		return (List<String>) run("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)",
				selector);
	}

	Object run(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	Object runAsync(String script, Object... arguments) {
		return this.driver.executeAsyncScript(script, arguments);
	}

	void click(String selector) {
		find(selector).click();
	}

	/** Press at the middle of one element, and release at the middle of another. */
	void drag(WebElement from, WebElement to) {
		new Actions(this.driver).moveToElement(from).clickAndHold().moveToElement(to).release().perform();
	}

	/** Press without releasing, so that what a drag shows can be seen. */
	void dragWithoutRelease(WebElement from, WebElement to) {
		new Actions(this.driver).moveToElement(from).clickAndHold().moveToElement(to).perform();
	}

	void release() {
		new Actions(this.driver).release().perform();
	}

	void press(CharSequence... keys) {
		this.driver.switchTo().activeElement().sendKeys(keys);
	}

	void back() {
		this.driver.navigate().back();
	}

	/**
	 * Answer the pages' requests in place of the server from now on, for states that it
	 * does not get into at will.
	 * @param path how the path of the requests starts
	 * @param status the status, 0 for no answer at all
	 * @param json the body
	 */
	void answer(String path, int status, String json) {
		String script = """
				{
					const fetchFromServer = window.fetch;
					const [path, status, json] = %s;
					window.fetch = (url, options) => !String(url).startsWith(path) ? fetchFromServer(url, options)
							: new Promise((resolve) => (status > 0) && resolve(new Response(json, { status })));
				}
				""".formatted(JsonMapper.shared().writeValueAsString(List.of(path, status, json)));
		Map<String, Object> added = this.driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument",
				Map.of("source", script));
		this.answers.add((String) added.get("identifier"));
	}

	/** Leave it to the server again to answer. */
	void answerNothing() {
		this.answers.forEach((identifier) -> this.driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument",
				Map.of("identifier", identifier)));
		this.answers.clear();
	}

	void await(String selector, String text) {
		await(() -> assertThat(text(selector)).isEqualTo(text));
	}

	void await(ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(TIMEOUT)
			.ignoreExceptionsInstanceOf(WebDriverException.class)
			.untilAsserted(assertion);
	}

	/** Check by axe-core, and return what it complains of. */
	@SuppressWarnings("unchecked")
	List<String> accessibilityViolations() throws IOException {
		if (!(boolean) run("return 'axe' in window")) {
			try (InputStream axe = getClass().getResourceAsStream("/axe.min.js")) {
				run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
			}
		}
		return (List<String>) this.driver.executeAsyncScript("""
				const done = arguments[0];
				axe.run().then((found) => done(found.violations.flatMap((violation) =>
						violation.nodes.map((node) => violation.id + ": " + node.html + " " + node.failureSummary))));
				""");
	}

	/**
	 * Return the errors in the console since the last call; violations of the policy are
	 * among them.
	 */
	List<String> consoleErrors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/** Return the addresses that were asked for since the last call. */
	List<String> requests() {
		JsonMapper json = JsonMapper.shared();
		return this.driver.manage()
			.logs()
			.get(LogType.PERFORMANCE)
			.getAll()
			.stream()
			.map((entry) -> json.readTree(entry.getMessage()).get("message"))
			.filter((message) -> message.at("/method").stringValue("").equals("Network.requestWillBeSent"))
			.map((JsonNode message) -> message.at("/params/request/url").stringValue(""))
			.toList();
	}

	byte[] screenshot() {
		return this.driver.getScreenshotAs(OutputType.BYTES);
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
