using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace PosteRestante.SipStack.Simulation;

/// <summary>One end of a <see cref="MemoryConnection"/>, in the shape Kestrel gives its connections.</summary>
internal sealed class MemoryConnectionContext : ConnectionContext, IDuplexPipe
{
    private readonly MemoryConnection _connection;
    private readonly CancellationTokenSource _closed = new();

    public MemoryConnectionContext(MemoryConnection connection, IPEndPoint local, IPEndPoint remote, PipeReader input, PipeWriter output)
    {
        _connection = connection;
        LocalEndPoint = local;
        RemoteEndPoint = remote;
        Input = input;
        Output = output;
        Transport = this;
        ConnectionId = $"{local}-{remote}";
        ConnectionClosed = _closed.Token;
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <inheritdoc/>
    public override string ConnectionId { get; set; }

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; } = new FeatureCollection();

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => _connection.Cut();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync();
        await Input.CompleteAsync();
        CancelClosed();
        await base.DisposeAsync();
    }

    /// <summary>The stream is cut: reading and writing end with an error.</summary>
    internal void Fail()
    {
        Output.Complete(new ConnectionResetException("The connection was cut."));
        Input.CancelPendingRead();
        CancelClosed();
    }

    // Not CancelAsync: its callbacks would run on the thread pool, outside the simulation.
#pragma warning disable CA1849, MA0042
    private void CancelClosed() => _closed.Cancel();
#pragma warning restore CA1849, MA0042
}
