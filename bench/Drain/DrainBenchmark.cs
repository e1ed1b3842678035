using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Bench.Support;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;

namespace PosteRestante.Bench.Drain;

/// <summary>
/// A mailbox with 1,000 waiting messages is collected over MSRP by our client: from the INVITE to the BYE, which leaves after
/// the last confirmation is durable.
/// </summary>
internal static class DrainBenchmark
{
    private const int Messages = 1_000;
    private const int WarmUps = 20;
    private const int Rounds = 15;
    private const int InFlight = 64;

    /// <summary>Runs it.</summary>
    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        using var server = ServerUnderTest.Start("--Retrieval:All=Undelivered", "--Mailbox:MaxMessages=1000000");
        await using var alice = Open(server, "alice");
        await using var bob = Open(server, "bob");
        var rates = new List<double>();
        for (var round = 0; round < WarmUps + Rounds; round++)
        {
            await DepositAsync(alice, server, round);
            server.WaitUntilIdle();
            var begun = TimeProvider.System.GetTimestamp();
            var result = await bob.PullAsync(static _ => ValueTask.CompletedTask);
            var took = TimeProvider.System.GetElapsedTime(begun);
            if (!result.IsComplete || result.Received != Messages)
            {
                throw new InvalidOperationException($"The drain ended with {result}.");
            }

            if (round >= WarmUps)
            {
                rates.Add(Messages / took.TotalSeconds);
            }
        }

        rates.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"drain of {Messages} messages, {Rounds} rounds: from {rates[0]:F0}/s to {rates[^1]:F0}/s"));
        Figures.Print(output, "drain_per_s", Math.Round(rates[Rounds / 2]), "the middle one; INVITE with digest to BYE, confirmed durably");
    }

    private static async Task DepositAsync(ImClient alice, ServerUnderTest server, int round)
    {
        var to = server.Client.Accounts.First(account => account.UserName == "bob").Aor;
        for (var sent = 0; sent < Messages; sent += InFlight)
        {
            var batch = Enumerable.Range(sent, Math.Min(InFlight, Messages - sent)).Select(number => alice.SendAsync(new OutgoingMessage
            {
                To = to,
                Body = Encoding.ASCII.GetBytes($"{round}/{number} {new string('x', 200)}"),
            }));
            foreach (var result in await Task.WhenAll(batch))
            {
                if (!result.IsAccepted)
                {
                    throw new InvalidOperationException($"A deposit ended with {result}.");
                }
            }
        }
    }

    private static ImClient Open(ServerUnderTest server, string user)
    {
        var account = server.Client.Accounts.First(account => account.UserName == user);
        return ImClient.Start(
            new ImClientOptions
            {
                Aor = account.Aor,
                UserName = account.UserName,
                Password = account.Password,
                Server = new IPEndPoint(IPAddress.Parse(server.Client.SipAddress), server.Client.SipPort),
                DeferredUri = server.Client.DeferredUri,
                UseTcp = user == "bob",
            },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            RandomNumberGenerator.Fill);
    }
}
