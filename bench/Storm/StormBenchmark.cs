using System.Globalization;
using System.Net;
using PosteRestante.Bench.Deposit;
using PosteRestante.Bench.Support;

namespace PosteRestante.Bench.Storm;

/// <summary>
/// 1,000 users come back at once, each with 10 waiting messages: PUBLISH, the INVITE of the push, an MSRP connection, the
/// messages, BYE; behind a core over one SIP connection.
/// </summary>
internal static class StormBenchmark
{
    private const int Users = 1_000;
    private const int MessagesEach = 10;
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string[] Settings =
        ["--Accounts:WildcardDomains:0=lab.test", "--Identity:TrustedPeers:0=127.0.0.1", "--Service:Host=lab.test", "--Mailbox:MaxMessages=1000000"];

    /// <summary>Runs it.</summary>
    public static void Run(TextWriter output)
    {
        var acknowledged = Path.GetTempFileName();
        var driver = LoadDriver.Find("own", acknowledged)!;
        var (took, firsts) = (new List<double>(), new List<double>());
        using (var server = ServerUnderTest.Start(Settings))
        {
            for (var round = 0; round <= Rounds; round++)
            {
                Deposit(server, driver);
                var (all, first) = ReturnAsync(server).GetAwaiter().GetResult();
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"storm {round}{(round == 0 ? " (warm-up)" : "")}: all in {all:F2} s, first message p99 {first * 1000:F0} ms"));
                if (round > 0)
                {
                    took.Add(all);
                    firsts.Add(first);
                }
            }
        }

        took.Sort();
        firsts.Sort();
        Figures.Print(
            output, "return_storm_s", took[Rounds / 2], $"{Users} users come back at once, {MessagesEach} waiting for each: until the last message is there");
        Figures.Print(output, "return_first_p99_ms", firsts[Rounds / 2] * 1000, "from a user's PUBLISH to the first message, 99 in a hundred users");
        File.Delete(acknowledged);
    }

    private static void Deposit(ServerUnderTest server, LoadDriver driver)
    {
        var result = driver.Run(server.Client.SipPort, "tcp", Users * MessagesEach, 60, inFlight: 128, users: Users);
        if (result.Acknowledged != Users * MessagesEach)
        {
            throw new InvalidOperationException($"The deposits ended with {result.Line}.");
        }

        server.WaitUntilIdle();
    }

    private static async Task<(double All, double FirstP99)> ReturnAsync(ServerUnderTest server)
    {
        var sip = new IPEndPoint(IPAddress.Parse(server.Client.SipAddress), server.Client.SipPort);
        await using var core = ReturningCore.Start(sip, Users, Users * MessagesEach);
        await core.ReturnAsync(Patience);
        var missing = core.Users.Count(user => user.Received != MessagesEach);
        if (missing > 0)
        {
            var refusals = string.Join(", ", core.Refusals.Select(refusal => $"{refusal.Value} x {refusal.Key}"));
            throw new InvalidOperationException($"{missing} users did not get their {MessagesEach} messages; PUBLISH refused: {refusals}");
        }

        double[] firsts = [.. core.Users.Select(user => (user.FirstAt!.Value - user.PublishedAt).TotalSeconds).Order()];
        return ((core.LastAt - core.Users.Min(user => user.PublishedAt)).TotalSeconds, firsts[Users * 99 / 100]);
    }
}
