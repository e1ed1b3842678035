using System.Globalization;
using Spectre.Console;

namespace PosteRestante.Cli.Commands;

/// <summary>How far a transfer is: a bar that moves on a terminal, a line for each tenth elsewhere; on standard error.</summary>
internal sealed class TransferProgress : IDisposable
{
    private const int Tenths = 10;
    private const int Width = 40;

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly string _name;
    private readonly long _octets;
    private readonly bool _isSilent;
    private readonly bool _moves = !Console.IsErrorRedirected;
    private int _shown = -1;
    private bool _isDone;

    public TransferProgress(string name, long octets, bool isSilent)
    {
        _name = name;
        _octets = octets;
        _isSilent = isSilent || octets == 0;
    }

    /// <summary>So many octets have gone.</summary>
    public void Report(long octets)
    {
        if (_isSilent || _isDone)
        {
            return;
        }

        var steps = _moves ? 100 : Tenths;
        var step = (int)(octets * steps / _octets);
        if (step == _shown)
        {
            return;
        }

        _shown = step;
        if (_moves)
        {
            Draw(step);
        }
        else
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_name}: {step * 100 / steps}%"));
        }
    }

    /// <summary>The transfer is over.</summary>
    public void Dispose()
    {
        if (_moves && !_isDone && _shown >= 0)
        {
            _console.WriteLine();
        }

        _isDone = true;
    }

    private void Draw(int percent)
    {
        var filled = percent * Width / 100;
        _console.Markup($"\r{Markup.Escape(_name)} [green]{new string('━', filled)}[/][grey]{new string('━', Width - filled)}[/] {percent,3}%");
    }
}
