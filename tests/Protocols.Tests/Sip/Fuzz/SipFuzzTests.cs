using PosteRestante.TestKit.SipTorture;

namespace PosteRestante.Protocols.Tests.Sip.Fuzz;

/// <summary>
/// Mutations of the torture messages and of ordinary ones: whatever comes, the reader answers with a message or an error and
/// never throws. The number of rounds is a budget (<c>SIP_FUZZ_ROUNDS</c>, a long run by hand); the seed replays a run
/// (<c>SIP_FUZZ_SEED</c>).
/// </summary>
public sealed class SipFuzzTests(ITestOutputHelper output)
{
    private const int DefaultRounds = 6_000;
    private const int DefaultSeed = 4475;

    [Fact]
    public void Read_MutatedMessages_NeverThrowsAndKeepsItsPromises()
    {
        var seed = Setting("SIP_FUZZ_SEED", DefaultSeed);
        var rounds = Setting("SIP_FUZZ_ROUNDS", DefaultRounds);
        output.WriteLine($"seed {seed}, {rounds} rounds");
        var random = new Random(seed);
        var mutator = new SipMutator(random);
        var check = new SipReadCheck();
        var corpus = Corpus();

        for (var round = 0; round < rounds; round++)
        {
            var octets = mutator.Mutate(corpus[random.Next(corpus.Count)], corpus[random.Next(corpus.Count)]);
            Check(check, octets, $"seed {seed}, round {round}");
        }

        output.WriteLine($"{check.Accepted} of {rounds} were messages still");
        check.Accepted.ShouldBeGreaterThan(rounds / 50); // a fuzzer that only makes rubbish tests only the first line
    }

    [Fact]
    public void Read_Regressions_NeverThrows()
    {
        var check = new SipReadCheck();
        var assembly = typeof(SipFuzzTests).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".bin", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var octets = new MemoryStream();
            stream.CopyTo(octets);
            Check(check, octets.ToArray(), name);
        }

        foreach (var octets in Corpus())
        {
            Check(check, octets, "corpus");
        }
    }

    private static List<byte[]> Corpus() =>
    [
        .. TortureMessages.All.Select(message => message.ReadOctets()),
        .. Enumerable.Repeat(SipTestMessages.Octets(SipTestMessages.Deposit), 12),
    ];

    private static void Check(SipReadCheck check, byte[] octets, string origin)
    {
        try
        {
            check.Run(octets);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{origin}: {Convert.ToBase64String(octets)}", exception);
        }
    }

    private static int Setting(string name, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : standard;
}
