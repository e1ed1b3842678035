using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Bench.Support;
using PosteRestante.Client.Retrieval.Large;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;

namespace PosteRestante.Bench.Drain;

/// <summary>Bob's mailbox, filled by alice and drained by bob over TCP, both challenged for digest.</summary>
/// <param name="server">The service.</param>
/// <param name="folder">Where bob puts large bodies; null when none comes.</param>
internal sealed class MailboxUnderTest(ServerUnderTest server, string? folder = null) : IAsyncDisposable
{
    private const int InFlight = 64;

    private readonly ImClient _alice = Open(server, "alice", null);
    private readonly ImClient _bob = Open(server, "bob", folder);
    private int _filled;
    private string? _lastFile;

    /// <summary>Sends messages of some 200 octets to it; each is stored when this ends.</summary>
    public Task FillAsync(int messages) => FillAsync(_alice, "bob", messages);

    /// <summary>Collects all that waits; returns how many messages came.</summary>
    /// <exception cref="InvalidOperationException">The session was cut short.</exception>
    public Task<int> DrainAsync() => DrainAsync(_bob);

    /// <summary>Sends a file to it as one large message; it is stored when this ends.</summary>
    public async Task SendFileAsync(string path)
    {
        await using var content = File.OpenRead(path);
        var result = await _alice.SendLargeAsync(new OutgoingLargeMessage { To = AorOf("bob"), Content = content });
        if (!result.IsStored)
        {
            throw new InvalidOperationException($"The large deposit ended with {result}.");
        }
    }

    /// <summary>Compares the large body that came last with the file that was sent, and deletes it.</summary>
    public void CompareBody(string path)
    {
        var came = _lastFile ?? throw new InvalidOperationException("No large message came.");
        using (FileStream left = File.OpenRead(path), right = File.OpenRead(came))
        {
            if (left.Length != right.Length || !SHA256.HashData(left).AsSpan().SequenceEqual(SHA256.HashData(right)))
            {
                throw new InvalidOperationException("The large message arrived changed.");
            }
        }

        File.Delete(came);
    }

    /// <summary>Sends messages the other way and collects them, so that no code runs for the first time later.</summary>
    public async Task WarmUpAsync(int messages)
    {
        await FillAsync(_bob, "alice", messages);
        await DrainAsync(_alice);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    private async Task<int> DrainAsync(ImClient client)
    {
        var result = await client.PullAsync(message =>
        {
            _lastFile = message.File ?? _lastFile;
            return ValueTask.CompletedTask;
        });
        return result.IsComplete ? result.Received : throw new InvalidOperationException($"The drain ended with {result}.");
    }

    private async Task FillAsync(ImClient from, string user, int messages)
    {
        var to = AorOf(user);
        for (var sent = 0; sent < messages; sent += InFlight)
        {
            var batch = Enumerable.Range(0, Math.Min(InFlight, messages - sent)).Select(_ => from.SendAsync(new OutgoingMessage
            {
                To = to,
                Body = Encoding.ASCII.GetBytes($"{_filled++} {new string('x', 200)}"),
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

    private string AorOf(string user) => server.Client.Accounts.First(account => account.UserName == user).Aor;

    private static ImClient Open(ServerUnderTest server, string user, string? folder)
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
                Bodies = folder is null ? null : new BodyFolder { Path = folder },
                UseTcp = true, // over UDP each transaction is remembered for a while, and only so many
            },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            RandomNumberGenerator.Fill);
    }
}
